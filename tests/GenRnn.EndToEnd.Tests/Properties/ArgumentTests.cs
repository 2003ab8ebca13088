using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Wrong arguments are refused with the numbers that were found and expected, before anything changes.</summary>
public sealed class ArgumentTests
{
    private static readonly Variant Batch5 = new(5);

    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    [Theory]
    [MemberData(nameof(Models))]
    public void WrongLengthsChangeNothing(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch5);
        ModelInfo info = model.Info;
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        ModelState<float> state = model.CreateState(5);
        float[] x = new RandomValues(1).Next<float>(5 * info.InputLength), y = new float[5 * info.OutputLength];
        model.Predict(x, y, state);
        byte[] carried = Bytes(state);
        float[] parameters = model.Parameters.ToArray();

        AssertRefuses($"{info.InputLength}", () => model.Predict(x.AsSpan(1), y));
        AssertRefuses($"{info.InputLength}", () => model.Predict(default, y));
        AssertRefuses($"{y.Length}", () => model.Predict(x, y.AsSpan(1)));
        AssertRefuses($"{y.Length}", () => model.Predict(x, y.AsSpan(1), state));
        AssertRefuses($"{info.InputLength}", () => model.Predict(x.AsSpan(1), y, state));
        AssertRefuses("rows", () => model.Predict(x.AsSpan(0, 2 * info.InputLength), y.AsSpan(0, 2 * info.OutputLength), state));
        AssertRefuses($"{y.Length}", () => model.Forward(x, y.AsSpan(1), state, workspace, training: true));
        AssertRefuses("6 rows", () => model.Forward(new float[6 * info.InputLength], new float[6 * info.OutputLength], null, workspace, training: true));
        AssertRefuses("rows", () => model.Forward(x.AsSpan(0, info.InputLength), y.AsSpan(0, info.OutputLength), state, workspace, training: true));
        AssertRefuses("state", () => model.CreateState(3));
        AssertRefuses("", () => model.SetWeights(new float[info.Variables.Count + 1][]));
        float[][] weights = model.GetWeights();
        weights[^1] = new float[weights[^1].Length + 1];
        weights[0][0]++;
        AssertRefuses($"{weights[^1].Length}", () => model.SetWeights(weights));

        Assert.Equal(carried, Bytes(state));
        Bits.AssertEqual<float>(parameters, model.Parameters, "parameters");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void BackwardNeedsAForwardPassAndItsRows(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch5);
        ModelInfo info = model.Info;
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        float[] x = new RandomValues(1).Next<float>(2 * info.InputLength), y = new float[2 * info.OutputLength], gradient = new float[x.Length];

        Assert.Throws<InvalidOperationException>(() => model.Backward(y, gradient, workspace));
        model.Forward(x, y, null, workspace, training: true);
        model.Backward(y, gradient, workspace);
        float[] gradients = workspace.Gradients.ToArray();
        Assert.Throws<InvalidOperationException>(() => model.Backward(y, gradient, workspace));

        model.Forward(x, y, null, workspace, training: true);
        AssertRefuses($"{y.Length}", () => model.Backward(y.AsSpan(1), gradient, workspace));
        AssertRefuses($"{x.Length}", () => model.Backward(y, gradient.AsSpan(1), workspace));
        Bits.AssertEqual<float>(gradients, workspace.Gradients, "gradients");
        Assert.True(workspace.HasForward);
    }

    /// <summary>The members of a class check its named spans themselves: what the last call staged is still there.</summary>
    [Fact]
    public void ARefusedInputGradientLeavesTheWorkspaceAsItWas()
    {
        Type calls = Refusals.Value.FindType("Refusals.Calls");
        var refused = (Func<int, string>)calls.GetMethod("Refuse")!.CreateDelegate(typeof(Func<int, string>));
        Assert.Equal("source 6, target 4: same", refused(0));
        Assert.Equal("targetGradient: same", refused(1));
    }

    private static readonly Lazy<ModelCompilation> Refusals = new(() => ModelCompilation.Compile("Refusals",
    [
        new("Refusals", "Pair",
            "[Input(TimeSteps = 3, Features = 2, Batch = 2, Name = \"Source\")]\n[SimpleRnn(4, Name = \"Encoder\")]\n"
            + "[Input(TimeSteps = 2, Features = 2, Name = \"Target\")]\n[InitialState(\"Encoder\")]\n[SimpleRnn(4)]\npublic partial class Pair;\n"),
        new("Refusals", "Calls", """
            public static class Calls
            {
                /// <summary>Differentiates, is refused, and differentiates what was staged before.</summary>
                public static string Refuse(int wrong)
                {
                    var model = new Pair(seed: 1);
                    Pair.Workspace workspace = model.CreateWorkspace();
                    model.Forward([1, 2, 3, 4, 5, 6], [1, 2, 3, 4], new float[4], workspace);
                    model.Backward([1, 2, 3, 4], new float[6], new float[4], workspace);
                    float[] before = workspace.Gradients.ToArray();
                    model.Forward([1, 2, 3, 4, 5, 6], [1, 2, 3, 4], new float[4], workspace);
                    string said = "source 6, target 4";
                    if (wrong > 0)
                    {
                        try
                        {
                            model.Backward([9, 9, 9, 9], new float[6], new float[3], workspace);
                            return "was not refused";
                        }
                        catch (System.ArgumentException error)
                        {
                            said = error.ParamName!;
                        }
                    }

                    GenRnn.CompilerServices.IParallelPasses<float> passes = model;
                    passes.BeginBackward([1, 2, 3, 4], workspace, inputGradient: false);
                    passes.BackwardRows(workspace, 0, 2);
                    passes.ParameterGradients(workspace, 0, 1);
                    passes.EndBackward(default, workspace);
                    return said + (System.MemoryExtensions.SequenceEqual<float>(before, workspace.Gradients) ? ": same" : ": changed");
                }
            }
            """),
    ]));

    [Fact]
    public void MemoryOfAnotherModelIsRefused()
    {
        IModel<float> model = PropertyModels.Create("Forecaster", Batch5), other = PropertyModels.Create("Forecaster", new Variant(2));
        ModelInfo info = model.Info;
        float[] x = new float[info.InputLength], y = new float[info.OutputLength];

        Assert.ThrowsAny<Exception>(() => model.Forward(x, y, null, other.CreateWorkspace(), training: true));
        Assert.ThrowsAny<Exception>(() => model.Predict(x, y, other.CreateState(1)));
    }

    private static byte[] Bytes(ModelState<float> state)
    {
        var bytes = new byte[state.ByteCount];
        Assert.Equal(bytes.Length, state.Write(bytes));
        return bytes;
    }

    private static void AssertRefuses(string part, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Contains(part, error.Message);
    }
}
