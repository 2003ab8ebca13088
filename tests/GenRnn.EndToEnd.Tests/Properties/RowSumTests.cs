using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Compiling;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Sums over the rows of a batch, in numbers that can be counted: with units in lanes (4 rows) and with rows in lanes (16 and 30), in both precisions.
/// <see cref="EveryWidthTests"/> runs them at other vector widths.</summary>
public sealed class RowSumTests
{
    private static readonly int[] Batches = [4, 16, 30];

    private static readonly Dictionary<string, string> Layers = new()
    {
        ["Bias"] = "[Dense(2)]",
        ["OddBias"] = "[Dense(5)]",
        ["Gain"] = "[LayerNormalization]",
        ["Statistics"] = "[BatchNormalization(Epsilon = 1e-6)]",
    };

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "RowSums",
        [.. from layer in Layers
            from batch in Batches
            from precision in new[] { "Single", "Double" }
            let name = $"{layer.Key}{precision}{batch}"
            select new ModelSource("RowSums", name, $"[Input(Features = 3, Batch = {batch}, Precision = Precision.{precision})] {layer.Value} public partial class {name};")]));

    public static TheoryData<string, int> Models
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string layer in Layers.Keys)
            {
                foreach (int batch in Batches)
                    data.Add(layer, batch);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sums_have_every_row(string layer, int batch)
    {
        Check<float>(layer + "Single", batch);
        Check<double>(layer + "Double", batch);
    }

    /// <summary>Every third row is 3, 0, 0, the next 0, 3, 0, then 0, 0, 3; the upstream gradient is 1 everywhere.</summary>
    private static void Check<T>(string name, int batch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var model = (IModel<T>)Activator.CreateInstance(Compilation.Value.Find($"RowSums.{name}{batch}"), 1)!;
        ModelInfo info = model.Info;
        T[] inputs = [.. Enumerable.Range(0, batch * 3).Select(i => T.CreateChecked(i % 3 == i / 3 % 3 ? 3 : 0))];
        var outputs = new T[batch * info.OutputLength];
        ModelWorkspace<T> workspace = model.CreateWorkspace();
        workspace.Gradients.Fill(T.NaN);
        model.Forward(inputs, outputs, null, workspace, training: true);
        model.Backward([.. outputs.Select(_ => T.One)], [], workspace);

        foreach (VariableInfo variable in info.Variables.Where(v => v.IsTrainable))
        {
            T[] gradient = workspace.Gradients.Slice(variable.Offset, variable.Length).ToArray();
            switch (variable.Path.Split('/')[^1])
            {
                case "bias" or "beta":
                    Assert.All(gradient, g => Assert.Equal(T.CreateChecked(batch), g));
                    break;
                case "kernel":
                    int width = variable.Shape[1];
                    Assert.All(gradient.Select((g, i) => (g, i)), e => Assert.Equal(T.CreateChecked(3 * ((batch + 2 - e.i / width) / 3)), e.g));
                    break;
            }
        }

        if (!name.StartsWith("Statistics", StringComparison.Ordinal))
            return;
        for (int feature = 0; feature < 3; feature++)
        {
            double[] column = [.. Enumerable.Range(0, batch).Select(row => double.CreateChecked(outputs[row * 3 + feature]))];
            Assert.Equal(0, column.Average(), 5);
            Assert.Equal(1, column.Average(y => y * y), 4);
        }
    }
}
