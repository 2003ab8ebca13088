using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>A layer that runs at several places: its weights stand once, and what cannot be shared is said.</summary>
public sealed class SharedLayerTests
{
    [Fact]
    public void Weights_stand_once()
    {
        Program program = LoweredProgram.Of(Encoder().From("Right").Item("Shared", ("Source", "Encoder"), ("Name", "Other")).From("Encoder", "Other").Merge("Add").Dense(1));

        Assert.Equal(["Encoder/lstm_cell/kernel", "Encoder/lstm_cell/recurrent_kernel", "Encoder/lstm_cell/bias", "dense/kernel", "dense/bias"], program.Parameters.Select(p => p.Path));
        Assert.Equal([0], program.Layers.Where(l => l.Name == "Other").Select(l => l.ParameterCount));
        Assert.Equal(5, program.Layers.Single(l => l.Name == "Other").Features);
    }

    [Fact]
    public void What_does_not_fit()
    {
        Single(
            Encoder().From("Right").Item("Shared", ("Source", "Encodr")).From("Encoder").Dense(1),
            "GEN0315", 3, -1, "Source", "nothing above Shared is named 'Encodr'; did you mean 'Encoder'?");
        Single(
            Encoder().From("Right").Item("Shared", ("Source", "Left")).From("Encoder").Dense(1),
            "GEN0315", 3, -1, "Source", "'Left' is an input; [Shared] runs a layer again");
        Single(
            Encoder().From("Right").Modifier("TimeDistributed").Item("Shared", ("Source", "Encoder")).From("Encoder").Dense(1),
            "GEN0315", 3, 1, "", "[Shared] runs the layer as it is; only [From], [InitialState] and [Output] may stand in front of it");
        Single(
            new ModelBuilder("M").Sequence(6, 3).Dense(4, ("Name", "A")).Item("Shared", ("Source", "A")).Dense(1),
            "GEN0316", 2, -1, "", "the weights of Dense(4) 'A' are for 3 features, but Dense(4) 'A' gives (None, 6, 4)");
        Single(
            new ModelBuilder("M").Sequence(6, 3).Item("BatchNormalization", ("Name", "A")).Item("Shared", ("Source", "A")).Dense(1),
            "GEN0315", 2, -1, "Source", "BatchNormalization 'A' cannot be shared: it keeps statistics of what it reads from call to call, which is of one place in the network");
    }

    private static ModelBuilder Encoder() =>
        new ModelBuilder("M").Sequence(6, 3, ("Name", "Left")).Sequence(4, 3, ("Name", "Right")).From("Left").Lstm(5, ("Name", "Encoder"));

    private static void Single(ModelBuilder builder, string id, int item, int modifier, string flag, string message)
    {
        Finding finding = Assert.Single(ShapeInference.Infer(builder.Build()).Findings, f => f.Id != "GEN0314");
        Assert.Equal((id, new Place(item, modifier, flag), message), (finding.Id, finding.Place, finding.Message));
    }
}
