using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Layers;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Turns every kind of golden into a plan, or says what is not supported.</summary>
internal static class Planner
{
    public static Plan Plan(GoldenCase golden) => golden switch
    {
        ModelGolden model => Plan(model),
        StatefulGolden stateful => Plan(stateful),
        InitialStateGolden layer => Plan(layer),
        CellGolden cell => Plan(cell),
        TrainingGolden training => Plan(training),
        FitGolden fit => Plan(fit),
        OtherGolden other => throw new NotSupportedCaseException(other.Missing),
        Tf1Golden tf1 => Tf1Planner.Plan(tf1),
        TorchGolden torch => TorchPlanner.Plan(torch),
        _ => throw new NotSupportedCaseException($"the kind {golden.Kind}"),
    };

    /// <summary>Names of the inputs that a layer's states start from, in the layer's order of states.</summary>
    public static string[] StateNames(int count, int layer = 0) =>
        new[] { "H", "C" }.Take(count).Select(s => s + layer.ToString(CultureInfo.InvariantCulture)).ToArray();

    /// <summary>Lengths of rows as the input that they are in a packed buffer; none if there are none.</summary>
    public static Tensor[] Lengths(int[]? lengths) => lengths is null ? [] : [new Tensor([lengths.Length, 1], lengths.Select(n => (float)n).ToArray())];

    /// <summary>Names tensors for messages.</summary>
    public static Tensor[] Named(string name, IEnumerable<Tensor> tensors) =>
        tensors.Select((t, i) => t with { Path = t.Path.Length > 0 ? $"{name} {t.Path}" : string.Create(CultureInfo.InvariantCulture, $"{name} {i}") }).ToArray();

    private static PassPlan Plan(ModelGolden golden)
    {
        KerasDeclaration keras = KerasDeclaration.Of(KerasGraph.Read(golden.Config));
        return new PassPlan(
            golden, keras.Declaration, golden.X[0].Shape[0], golden.Weights,
            keras.Inputs.Select(i => golden.X[i]).ToArray(),
            Named("y", keras.Outputs.Select(i => golden.Y[i])),
            keras.Outputs.Select(i => golden.Upstream[i]).ToArray(),
            Named("gradient of", golden.GradWeights),
            golden.GradX.Length == 0
                ? keras.Inputs.Select(_ => (Tensor?)null).ToArray()
                : keras.Inputs.Select((i, n) => golden.GradX[i] is { } gradient ? gradient with { Path = string.Create(CultureInfo.InvariantCulture, $"gradient of x {n}") } : null).ToArray());
    }

    private static StatefulPlan Plan(StatefulGolden golden)
    {
        KerasDeclaration keras = KerasDeclaration.Of(KerasGraph.Read(golden.Config));
        return new StatefulPlan(
            golden, keras.Declaration, golden.X[0].Shape[0], golden.Weights, golden.X, Named("y of call", golden.Y),
            golden.YAfterReset with { Path = "y after reset" });
    }

    private static PassPlan Plan(InitialStateGolden golden)
    {
        WrappedLayer layer = WrappedLayer.Of(golden.Class, golden.Layer);
        string[] names = StateNames(golden.InitialState.Length);
        var branch = new Branch(
            new InputText("", golden.X.Shape[1], golden.X.Shape[2]),
            names.Select((name, i) => new InputText(name, 0, golden.InitialState[i].Shape[1])).ToArray(),
            layer.Declare(new LayerUse("", names, true)).ToArray());
        return new PassPlan(
            golden, new Declaration([branch]), golden.X.Shape[0], golden.Weights,
            [golden.X, .. golden.InitialState], Named("y", golden.Outputs), golden.Upstream, Named("gradient of", golden.GradWeights),
            [golden.GradX with { Path = "gradient of x" }, .. Named("gradient of initial state", golden.GradState)]);
    }

    private static PassPlan Plan(CellGolden golden)
    {
        // One step of a cell is a layer with one time step that starts from given states.
        WrappedLayer layer = WrappedLayer.Of(golden.Class[..^LayerRegistry.CellSuffix.Length], golden.Layer);
        string[] names = StateNames(golden.State.Length);
        var branch = new Branch(
            new InputText("", 1, golden.X.Shape[1]),
            names.Select((name, i) => new InputText(name, 0, golden.State[i].Shape[1])).ToArray(),
            layer.Declare(new LayerUse("", names, true)).ToArray());
        Tensor x = golden.X with { Shape = [golden.X.Shape[0], 1, golden.X.Shape[1]] };
        return new PassPlan(
            golden, new Declaration([branch]), golden.X.Shape[0], golden.Weights, [x, .. golden.State],
            [golden.Y with { Path = "y" }, .. Named("new state", golden.NewState)], [], [], []);
    }

    private static FitPlan Plan(FitGolden golden)
    {
        Declaration declaration = KerasDeclaration.Of(KerasGraph.Read(golden.Config)).Declaration;
        // What cannot be said is found before anything runs.
        _ = FitRecipe.Create(golden);
        return new FitPlan(golden, declaration, FitRecipe.BatchSize(golden));
    }

    private static TrainingPlan Plan(TrainingGolden golden)
    {
        Declaration declaration = KerasDeclaration.Of(KerasGraph.Read(golden.Config)).Declaration;
        return new TrainingPlan(
            golden, declaration, golden.X.Shape[0], TrainingRecipe.CreateOptimizer(golden), TrainingRecipe.CreateLoss(golden));
    }
}
