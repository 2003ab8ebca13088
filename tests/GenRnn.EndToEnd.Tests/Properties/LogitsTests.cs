using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>What a last sigmoid or softmax is given: handed out by a forward pass, and differentiated from.</summary>
public sealed class LogitsTests
{
    private static readonly (string Name, ModelSpec Model, ModelSpec Twin)[] s_models =
    [
        Pair("DenseSigmoid", b => b.Sequence(5, 3, ("Batch", 32)).Gru(6), (b, ends) => b.Dense(2, Ending("Activation", "Sigmoid", ends))),
        Pair("DenseSoftmax", b => b.Sequence(4, 3, ("Batch", 5)).Lstm(7, ("ReturnSequences", true)), (b, ends) => b.Dense(9, Ending("Activation", "Softmax", ends))),
        Pair("TimeMajorConvolution", b => b.Sequence(6, 3, ("Batch", 33), ("Layout", "TimeMajor")), (b, ends) => b.Conv1D(3, 2, Ending("Activation", "Sigmoid", ends))),
        Pair("ActivationLayer", b => b.Sequence(5, 3, ("Batch", 2)).SimpleRnn(4, ("ReturnSequences", true)), (b, ends) => ends ? b.Activation("Softmax") : b),
        Pair("MaskedActivation", b => b.Sequence(7, 2, ("Batch", 16)).Activation("Relu").Masking().Gru(5, ("ReturnSequences", true)).Dense(3), (b, ends) => ends ? b.Activation("Softmax") : b),
        Pair("Vectors", b => b.Vector(7, ("Batch", 1)).Dense(9, ("Activation", "Relu")), (b, ends) => b.Dense(4, Ending("Activation", "Softmax", ends))),
    ];

    private static readonly Lazy<ModelCompilation> s_compilation = new(() => ModelCompilation.Compile(
        "Logits", s_models.SelectMany(m => new[] { m.Model, m.Twin }).Select(m => new ModelSource(m.Class.Namespace, m.Class.Name, DeclarationText.WriteClass(m))).ToArray()));

    public static IEnumerable<object[]> Names() => s_models.Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void They_are_what_a_model_without_the_function_gives_and_so_are_gradients(string name)
    {
        IModel<float> model = Create(name), twin = Create(name + "Twin");
        ModelInfo info = model.Info;
        twin.UpdateParameters(model.Parameters.ToArray(), static (parameters, weights) => weights.CopyTo(parameters));
        Assert.Equal(name is "DenseSigmoid" or "TimeMajorConvolution" ? Activation.Sigmoid : Activation.Softmax, info.Outputs[0].Activation);
        Assert.Equal(Activation.Linear, twin.Info.Outputs[0].Activation);
        foreach (int rows in new[] { 1, info.Batch - 1, info.Batch }.Where(r => r > 0).Distinct())
        {
            var random = new RandomValues((ulong)(100 + rows));
            float[] x = random.Next<float>(rows * info.InputLength), upstream = random.Next<float>(rows * info.OutputLength), nothing = new float[upstream.Length];
            float[] y = new float[upstream.Length], logits = new float[upstream.Length], dx = new float[x.Length], dxOfTwin = new float[x.Length];
            ModelWorkspace<float> workspace = model.CreateWorkspace(), ofTwin = twin.CreateWorkspace();
            twin.Forward(x, logits, null, ofTwin, training: true);
            twin.Backward(upstream, dxOfTwin, ofTwin);
            model.Forward(x, y, null, workspace, training: true);
            Bits.AssertEqual<float>(logits, workspace.Logits, "logits");
            Bits.AssertEqual<float>(nothing, workspace.LogitsGradient, "their gradient after a forward pass");
            upstream.CopyTo(workspace.LogitsGradient);
            model.Backward(nothing, dx, workspace);
            AssertSameNumbers(ofTwin.Gradients, workspace.Gradients);
            AssertSameNumbers(dxOfTwin, dx);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_logits_and_of_outputs_add_up_to_the_bits_of_the_interpreter(string name)
    {
        ModelSpec spec = s_models.Single(m => m.Name == name).Model;
        IModel<float> model = Create(name);
        ModelInfo info = model.Info;
        int rows = Math.Max(1, info.Batch - 1);
        var random = new RandomValues(7);
        float[] x = random.Next<float>(rows * info.InputLength), upstream = random.Next<float>(rows * info.OutputLength), ofLogits = random.Next<float>(rows * info.OutputLength);
        float[] Ours(IReadOnlyList<TensorInfo> items, ReadOnlySpan<float> values) => BatchMajor(info, items.Single(), values, rows);
        float[] y = new float[upstream.Length], dx = new float[x.Length];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        var pieces = (IParallelPasses<float>)model;
        pieces.BeginForward(x, null, workspace, training: true);
        pieces.ForwardRows(workspace, 0, info.Batch);
        pieces.EndForward(y, null, workspace);
        ofLogits.CopyTo(workspace.LogitsGradient);
        pieces.BeginBackward(upstream, workspace, inputGradient: true);
        pieces.BackwardRows(workspace, 0, info.Batch);
        for (int part = 2; part >= 0; part--)
            pieces.ParameterGradients(workspace, part, 3);
        pieces.EndBackward(dx, workspace);

        InterpretedPass<float> expected = ModelInterpreter.ExactSingle(spec).Differentiate(
            Ours(info.Inputs, x), model.Parameters, Ours(info.Outputs, upstream), GradientOrder.Of(spec), call: new TrainingCall(workspace.Seed, workspace.TrainingCalls), ofLogits: Ours(info.Outputs, ofLogits));
        Bits.AssertEqual<float>(expected.Outputs, Ours(info.Outputs, y), "outputs");
        Bits.AssertEqual<float>(expected.Logits, Ours(info.Outputs, workspace.Logits), "logits");
        Bits.AssertEqual<float>(expected.Gradients, workspace.Gradients, "gradients");
        Bits.AssertEqual<float>(expected.InputGradients, Ours(info.Inputs, dx), "input gradients");
    }

    private static (string Name, object Value)[] Ending(string flag, string function, bool ends) => ends ? [(flag, function)] : [];

    private static (string, ModelSpec, ModelSpec) Pair(string name, Func<ModelBuilder, ModelBuilder> body, Func<ModelBuilder, bool, ModelBuilder> end) =>
        (name, end(body(new ModelBuilder(name)), true).Build(), end(body(new ModelBuilder(name + "Twin")), false).Build());

    private static float[] BatchMajor(ModelInfo info, TensorInfo item, ReadOnlySpan<float> values, int rows)
    {
        float[] turned = values.ToArray();
        for (int i = 0; i < turned.Length && info.Layout == DataLayout.TimeMajor; i++)
        {
            (int step, int row, int lane) = (i / item.Features / rows, i / item.Features % rows, i % item.Features);
            turned[(row * item.TimeSteps + step) * item.Features + lane] = values[i];
        }

        return turned;
    }

    private static IModel<float> Create(string name)
    {
        ModelSpec spec = s_models.SelectMany(m => new[] { m.Model, m.Twin }).Single(m => m.Class.Name == name);
        return (IModel<float>)Activator.CreateInstance(s_compilation.Value.Find(spec.Class.MetadataName), 3)!;
    }

    // A gradient of zero may have another sign where a zero was added to it.
    private static void AssertSameNumbers(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => Assert.Equal(expected.ToArray(), actual.ToArray());
}
