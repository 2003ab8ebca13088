using System;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>Elements of other tools' files, from their bytes: lowest first.</summary>
public sealed class NumberTypeTests
{
    [Theory]
    [InlineData("Float16", "003C00C1", 1.0, -2.5)]
    [InlineData("BFloat16", "C03F20C0", 1.5, -2.5)]
    [InlineData("Float64", "000000000000F83F00000000000004C0", 1.5, -2.5)]
    [InlineData("Int16", "0300FEFF", 3.0, -2.0)]
    [InlineData("UInt8", "03FE", 3.0, 254.0)]
    public void They_are_widened_or_rounded(string type, string bytes, double first, double second)
    {
        var values = new float[2];
        NumberTypes.Convert<float>(Convert.FromHexString(bytes), Enum.Parse<NumberType>(type), values);
        Assert.Equal([(float)first, (float)second], values);
    }

    [Fact]
    public void Another_number_of_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => NumberTypes.Convert<float>(new byte[3], NumberType.Float16, new float[2]));
}
