using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>No method outgrows what the JIT optimises, and a model that would is refused before anything is printed.</summary>
public sealed class MethodBudgetTests
{
    public static IEnumerable<object[]> Models() => ModelCatalogue.All.Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_method_of_the_catalogue_is_within_the_budget(string name)
    {
        ModelSpec spec = ModelCatalogue.Find(name).Spec;
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

        foreach (Kernel kernel in schedule.Kernels.Kernels)
            Assert.InRange(KernelSize.Estimate(kernel), 0, Target.MethodBytes);
        Assert.Null(MethodBudget.Check(schedule));
    }

    [Fact]
    public void A_model_beyond_the_budget_is_refused_with_its_size()
    {
        static ItemSpec Item(string kind, params (string Flag, double Value)[] flags) =>
            new(kind, flags.Select(f => new FlagSpec(f.Flag, FlagValue.Of(f.Value))).ToEquatableArray(), default);
        ItemSpec layer = Item("SimpleRnn", ("Units", 64), ("ReturnSequences", 1), ("Unroll", -1));
        ModelSpec spec = new(
            new ClassSpec("", default, "class", "Unrolled", "", "Unrolled"),
            new[] { Item("Input", ("TimeSteps", 500), ("Features", 1)), layer, layer, layer }.ToEquatableArray());

        Finding finding = Assert.Single(ModelCompiler.Compile(spec).Findings);

        Assert.Equal("GEN0502", finding.Id);
        Assert.True(finding.IsError);
        Assert.Contains("bytes of IL, more than its budget of 600,000", finding.Arguments[0], System.StringComparison.Ordinal);
    }
}
