using System;
using System.Linq;
using System.Numerics;
using GenRnn.Interpreter;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Steps a model that streams over a sequence, as one row and as a batch, beside the interpreter's pass over the whole.</summary>
internal static class FuzzSteps
{
    /// <param name="model">Any model; one that does not stream is left alone.</param>
    /// <param name="interpreter">The interpreter of its spec.</param>
    /// <param name="inputs">Packed inputs of <paramref name="rows"/> rows, batch-major.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="assertSame">Compares what was expected with what was found.</param>
    /// <returns>Whether it streams.</returns>
    public static bool Check<T>(IModel<T> model, ModelInterpreter<T> interpreter, T[] inputs, int rows, Action<T[], T[], string> assertSame)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        if (model is not IStreamingModel<T> streaming)
            return false;
        foreach (int taken in new[] { 1, info.Batch })
        {
            // Rows over again where there are too few; all steps of each, for a step knows no length.
            int length = info.Inputs[0].Length, features = length / info.Inputs[0].TimeSteps;
            T[] x = [.. Enumerable.Range(0, taken).SelectMany(row => inputs.AsSpan(row % rows * length, length).ToArray())];
            T[] lengths = [.. Enumerable.Repeat(T.CreateChecked(info.Inputs[0].TimeSteps), info.Inputs.Count > 1 ? taken : 0)];
            T[] expected = interpreter.Predict([.. x, .. lengths], model.Parameters).Outputs;
            ModelState<T> state = model.CreateState(taken);
            var y = new T[taken * info.Outputs.Sum(o => o.Features)];
            for (int t = 0; t < info.Inputs[0].TimeSteps; t++)
            {
                streaming.Step([.. Enumerable.Range(0, taken).SelectMany(row => x.AsSpan(row * length + t * features, features).ToArray())], y, state);
                int start = 0, offset = 0;
                foreach (TensorInfo output in info.Outputs)
                {
                    // What has no steps is what the sequence would give if it ended here: known at its end.
                    int outputSteps = Math.Max(1, output.TimeSteps), at = output.TimeSteps > 0 ? t : 0, width = output.Features;
                    if (output.TimeSteps > 0 || t == info.Inputs[0].TimeSteps - 1)
                    {
                        int first = start;
                        assertSame(
                            [.. Enumerable.Range(0, taken).SelectMany(row => expected.AsSpan(first + (row * outputSteps + at) * width, width).ToArray())],
                            y.AsSpan(offset, taken * width).ToArray(), $"step {t} of {taken} rows");
                    }

                    start += taken * output.Length;
                    offset += taken * width;
                }
            }
        }

        return true;
    }
}
