using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Keras' own training runs, step by step: optimisers, clipping, losses and sample weights together.</summary>
public sealed class KerasTrajectoryTests
{
    [Theory]
    [InlineData("train_sgd")]
    [InlineData("train_sgd_momentum")]
    [InlineData("train_sgd_nesterov")]
    [InlineData("train_sgd_clipnorm")]
    [InlineData("train_sgd_clipvalue")]
    [InlineData("train_adam")]
    [InlineData("train_adam_amsgrad")]
    [InlineData("train_adam_global_clipnorm")]
    [InlineData("train_adamw")]
    [InlineData("train_nadam")]
    [InlineData("train_adagrad")]
    [InlineData("train_adadelta")]
    [InlineData("train_adamax")]
    [InlineData("train_lion")]
    [InlineData("train_ftrl")]
    [InlineData("train_rmsprop")]
    [InlineData("train_rmsprop_centered")]
    [InlineData("train_sgd_cosine_decay")]
    [InlineData("train_sgd_cosine_warmup")]
    [InlineData("train_sgd_exponential_decay")]
    [InlineData("train_sgd_exponential_staircase")]
    [InlineData("train_sgd_inverse_time")]
    [InlineData("train_sgd_piecewise")]
    [InlineData("train_sgd_polynomial")]
    [InlineData("train_loss_mse")]
    [InlineData("train_loss_mae")]
    [InlineData("train_loss_mean_absolute_percentage_error")]
    [InlineData("train_loss_huber")]
    [InlineData("train_loss_log_cosh")]
    [InlineData("train_loss_cosine_similarity")]
    [InlineData("train_sample_weight")]
    public void Losses_and_final_weights_are_Kerass(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".json")));
        JsonElement golden = document.RootElement;
        int[] x = Shape(golden.GetProperty("x"));
        int[] y = Shape(golden.GetProperty("y_true"));
        double[][] weights = [.. golden.GetProperty("weights").EnumerateArray().Select(Values)];
        var model = new HandWrittenRnn(x[0], x[1], x[2], units: weights[2].Length, outputs: y[1], weights);
        double[] sampleWeights = golden.TryGetProperty("sample_weight", out JsonElement tensor) ? Values(tensor) : [];
        var batch = new DataSet<double>(Values(golden.GetProperty("x")), Values(golden.GetProperty("y_true")), sampleWeights);
        var options = new FitOptions
        {
            Optimizer = KerasSettings.CreateOptimizer(
                golden.GetProperty("config").GetProperty("compile_config").GetProperty("optimizer").GetProperty("class_name").GetString()!, golden.GetProperty("optimizer")),
            Loss = KerasSettings.CreateLoss(golden.GetProperty("loss")),
        };

        using var trainer = new Trainer<double>(model, options);
        double[] expected = [.. golden.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        double[] actual = [.. expected.Select(_ => trainer.TrainOnBatch(batch))];

        AssertClose(expected, actual);
        double[][] final = [.. golden.GetProperty("final_weights").EnumerateArray().Select(Values)];
        for (int i = 0; i < final.Length; i++)
        {
            VariableInfo variable = model.Info.Variables[i];
            AssertClose(final[i], model.Parameters.Slice(variable.Offset, variable.Length).ToArray());
            // A trajectory that leads nowhere would prove nothing.
            Assert.NotEqual(weights[i], final[i]);
        }
    }

    // The vectors hold float32: 1e-6 of the largest value.
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = 1e-6 * expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];

    private static double[] Values(JsonElement tensor)
    {
        byte[] bytes = tensor.GetProperty("f32").GetBytesFromBase64();
        return [.. bytes.Chunk(sizeof(float)).Select(value => (double)BinaryPrimitives.ReadSingleLittleEndian(value))];
    }
}
