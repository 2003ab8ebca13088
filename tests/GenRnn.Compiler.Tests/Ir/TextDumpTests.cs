using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Ir;

/// <summary>The programs of the catalogue after all passes, as a reader sees them.</summary>
public sealed class TextDumpTests
{
    public static TheoryData<string> Models => new(ModelCatalogue.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Models))]
    public void Program_of(string model)
    {
        TestModel entry = ModelCatalogue.Find(model);
        Snapshot.Verify("// " + entry.Purpose + "\n" + entry.Declaration + "\n" + TextDump.Write(CompiledProgram.Of(entry.Spec)), model);
    }

    [Fact]
    public void Does_not_depend_on_the_culture()
    {
        string expected = TextDump.Write(CompiledProgram.Of(ModelCatalogue.Find("ActivationSelu").Spec));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = HostileCulture();
            Assert.Equal(expected, TextDump.Write(CompiledProgram.Of(ModelCatalogue.Find("ActivationSelu").Spec)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A decimal comma and U+2212 as minus, as Swedish has them.</summary>
    private static CultureInfo HostileCulture()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "\u2212";
        return culture;
    }
}
