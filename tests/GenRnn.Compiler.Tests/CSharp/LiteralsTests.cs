using System;
using System.Globalization;
using GenRnn.Compiler.CSharp;
using Xunit;

namespace GenRnn.Compiler.Tests.CSharp;

/// <summary>A printed constant reads back to the same bits, whatever the culture of the machine.</summary>
public sealed class LiteralsTests
{
    [Fact]
    public void Numbers_read_back_to_the_same_bits_under_a_hostile_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Random random = new(20261123);
            for (int i = 0; i < 20_000; i++)
            {
                float single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
                double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                if (float.IsFinite(single))
                    Assert.Equal(BitConverter.SingleToInt32Bits(single), BitConverter.SingleToInt32Bits(float.Parse(Literals.Single(single).TrimEnd('f'), NumberStyles.Float, CultureInfo.InvariantCulture)));
                if (double.IsFinite(number))
                    Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(double.Parse(Literals.Double(number).TrimEnd('d'), NumberStyles.Float, CultureInfo.InvariantCulture)));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(double.NaN, "float.NaN")]
    [InlineData(double.PositiveInfinity, "float.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "float.NegativeInfinity")]
    [InlineData(-0.0, "-0f")]
    public void Special_numbers_have_names(double number, string expected) => Assert.Equal(expected, Literals.Single(number));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("ü\n", "\"\\u00fc\\u000a\"")]
    public void Strings_are_escaped(string text, string expected) => Assert.Equal(expected, Literals.String(text));

    [Theory]
    [InlineData("Source", "source")]
    [InlineData("Class", "@class")]
    [InlineData("@event", "@event")]
    public void Parameters_are_camel_case_and_never_keywords(string name, string expected) => Assert.Equal(expected, Literals.Parameter(name));
}
