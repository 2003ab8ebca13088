using System;
using GenRnn.Compiler.Spec;
using GenRnn.CompilerServices;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>A training pass as one thread runs it and as several do, beside the interpreter of the same declaration.</summary>
internal static class DifferentiatedPass
{
    /// <summary>Requires the interpreter's bits of outputs and all gradients, of both ways to run.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="spec">Its declaration.</param>
    /// <param name="rows">Rows of the call, 1 to the model's batch.</param>
    public static void AssertHasTheInterpretersBits(IModel<float> model, ModelSpec spec, int rows)
    {
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        var random = new RandomValues((ulong)rows);
        float[] x = Inputs(info, random, rows), upstream = random.Next<float>(rows * info.OutputLength);
        float[] y = new float[upstream.Length], together = new float[x.Length], apart = new float[x.Length];
        ModelWorkspace<float> workspace = model.CreateWorkspace();

        model.Forward(x, y, null, workspace, training: true);
        model.Backward(upstream, together, workspace);
        float[] gradients = workspace.Gradients.ToArray();

        // A second pass finds in its memory what the first has left.
        workspace.TrainingCalls = 0;
        model.Forward(x, y, null, workspace, training: true);
        pieces.BeginBackward(upstream, workspace, inputGradient: true);
        int range = info.MixesRows ? info.Batch : 16;
        for (int first = (info.Batch - 1) / range * range; first >= 0; first -= range)
            pieces.BackwardRows(workspace, first, Math.Min(range, info.Batch - first));
        for (int part = 2; part >= 0; part--)
            pieces.ParameterGradients(workspace, part, 3);
        pieces.EndBackward(apart, workspace);

        InterpretedPass<float> expected = ModelInterpreter.ExactSingle(spec).Differentiate(x, model.Parameters, upstream, GradientOrder.Of(spec), call: new TrainingCall(workspace.Seed, workspace.TrainingCalls));
        Bits.AssertEqual<float>(expected.Outputs, y, "outputs");
        Bits.AssertEqual<float>(expected.Gradients, gradients, "gradients of one thread");
        Bits.AssertEqual<float>(expected.Gradients, workspace.Gradients, "gradients of several");
        Bits.AssertEqual<float>(expected.InputGradients, together, "input gradients of one thread");
        Bits.AssertEqual<float>(expected.InputGradients, apart, "input gradients of several");
        Assert.Contains(gradients, g => g != 0);
    }

    private static float[] Inputs(ModelInfo info, RandomValues random, int rows)
    {
        float[] values = random.Next<float>(rows * info.InputLength);
        int vocabulary = info.Inputs[0].Vocabulary;
        return vocabulary == 0 ? values : Array.ConvertAll(values, value => MathF.Floor((value + 1) / 2 * vocabulary));
    }
}
