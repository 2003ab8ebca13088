using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>Two steps of Fit, the second one with half a batch where that is allowed, each held against the passes that it is made of.</summary>
internal static class TrainingSteps<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_rate = T.CreateChecked(0.125);

    /// <summary>Trains from the model's parameters, which are put back.</summary>
    /// <returns>What they were after each step.</returns>
    public static IReadOnlyList<(string Name, T[] Values)> Run(IModel<T> model, Poison<T> poison, string what)
    {
        ModelInfo info = model.Info;
        T[] before = model.Parameters.ToArray();
        int rows = info.IsStateful ? 2 * info.Batch : info.Batch + (info.Batch + 1) / 2;
        Random random = new(31);
        T[] inputs = PackedValues.Inputs<T>(info, rows, random), targets = PackedValues.Numbers<T>(rows * info.OutputLength, random);
        var spoilt = new SpoiltModel<T>(model, poison);
        spoilt.Fit(Data(info, [.. Items(info.Inputs, inputs, rows)], [.. Items(info.Outputs, targets, rows)]), new FitOptions
        {
            Optimizer = new Sgd { LearningRate = double.CreateChecked(s_rate) },
            Loss = Loss.MeanSquaredError,
            Epochs = 1,
            Seed = 7,
            Shuffle = false,
            Verbose = Verbosity.Silent,
            OnNonFinite = NonFinite.Continue,
        });

        T[] after = model.Parameters.ToArray();
        var results = new List<(string, T[])>();
        for (int step = 0; step < spoilt.Batches.Count; step++)
        {
            T[] parameters = step + 1 < spoilt.Batches.Count ? spoilt.Batches[step + 1].Parameters : after;
            SameBits.Assert<T>(Stepped(model, spoilt.Batches[step]), parameters, $"{what}{poison}: weights after step {step} of Fit");
            results.Add(($"weights after step {step} of Fit", parameters));
        }

        Xunit.Assert.Equal(2, spoilt.Batches.Count);
        Set(model, before);
        return results;
    }

    /// <summary>Weights after a step, by the model's own passes in new memory.</summary>
    private static T[] Stepped(IModel<T> model, TrainedBatch<T> batch)
    {
        ModelInfo info = model.Info;
        Set(model, batch.Parameters);
        ModelWorkspace<T> workspace = model.CreateWorkspace();
        workspace.Seed = batch.Seed;
        workspace.TrainingCalls = batch.Calls;
        model.Forward(batch.Inputs, new T[batch.Upstream.Length], batch.State, workspace, training: true);
        model.Backward(batch.Upstream, default, workspace);
        T[] expected = batch.Parameters.ToArray();
        foreach (VariableInfo variable in info.Variables.Where(v => v.IsTrainable))
        {
            for (int i = variable.Offset; i < variable.Offset + variable.Length; i++)
                expected[i] -= workspace.Gradients[i] * s_rate;
        }

        model.UpdateStatistics(workspace, expected);
        return expected;
    }

    private static void Set(IModel<T> model, T[] parameters) => model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));

    /// <summary>A data set takes lengths apart.</summary>
    private static DataSet<T> Data(ModelInfo info, ReadOnlyMemory<T>[] inputs, ReadOnlyMemory<T>[] targets)
    {
        var data = new DataSet<T>(inputs.Where((_, i) => !info.Inputs[i].IsLengths), targets);
        int input = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (info.Inputs[i].IsLengths)
                data = data.WithLengths(inputs[i].ToArray().Select(int.CreateChecked).ToArray(), input - 1);
            else
                input++;
        }

        return data;
    }

    private static IEnumerable<ReadOnlyMemory<T>> Items(IEnumerable<TensorInfo> items, T[] values, int rows)
    {
        int start = 0;
        foreach (TensorInfo item in items)
        {
            yield return values.AsMemory(start, rows * item.Length);
            start += rows * item.Length;
        }
    }
}
