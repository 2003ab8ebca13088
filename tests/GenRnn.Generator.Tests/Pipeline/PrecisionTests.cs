using System;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.TestModels;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Every model of the catalogue in the precision that it does not declare: predictions, gradients and time steps have the interpreter's bits, and in double are those of
/// the mathematics. (In the declared precision the end-to-end tests compare them.)</summary>
public class PrecisionTests(ITestOutputHelper output)
{
    // 1.3E-13 was measured.
    private const double Tolerance = 1e-12;

    [Fact]
    public void Every_model_computes_the_same_in_the_other_precision()
    {
        ModelSpec[] specs = [.. ModelCatalogue.All.Select(m => InOtherPrecision(m.Spec))];
        GeneratorResult result = GeneratorHost.Run([.. specs.Select(DeclarationText.Write)]);

        Assert.Empty(result.Diagnostics);
        FuzzReport report = FuzzOracle.Check(result, "catalogue");
        (int models, int streaming, double error) = (report.Models, report.Streaming, report.Errors.Max(e => e.Error));
        output.WriteLine(FormattableString.Invariant($"{models} models, {streaming} of them stream; furthest from the mathematics: {error:E2}."));
        Assert.Equal(specs.Length, models);
        Assert.True(error < Tolerance, FormattableString.Invariant($"A model is {error:E2} from the mathematics."));
    }

    private static ModelSpec InOtherPrecision(ModelSpec spec)
    {
        const string Flag = "Precision";
        ItemSpec first = spec.Items.First(i => i.Kind == "Input");
        string other = first.GetText(Flag) == "Double" ? "Single" : "Double";
        ItemSpec turned = first with { Flags = first.Flags.Where(f => f.Name != Flag).Append(new FlagSpec(Flag, FlagValue.Of(other))).ToEquatableArray() };
        return new ModelSpec(spec.Class, spec.Items.Select(i => ReferenceEquals(i, first) ? turned : i).ToEquatableArray());
    }
}
