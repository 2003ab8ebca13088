using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>The network again, in double and loop by loop: a benchmark of wrong numbers is worth nothing.</summary>
/// <remarks>Stacks of SimpleRNN, LSTM, GRU (Keras' default activations), Conv1D (causal, relu) and Dense (linear) in Keras' layouts, which is what the workloads hold.</remarks>
internal static class NaiveNetwork
{
    /// <summary>Largest absolute difference between the model's predictions and the reference.</summary>
    public static double MaximumError(IModel<float> model, float[] inputs, int rows, int dilationGrowth = 1)
    {
        ModelInfo info = model.Info;
        var predictions = new float[rows * info.OutputLength];
        model.Predict(inputs, predictions);

        double error = 0;
        for (int row = 0; row < rows; row++)
        {
            double[][] steps = Run(info, model.GetWeights(), Row(info.Inputs[0], info.Layout, inputs, row, rows), dilationGrowth);
            int first = info.Outputs[0].TimeSteps == 0 ? steps.Length - 1 : 0;
            for (int t = first; t < steps.Length; t++)
            {
                for (int j = 0; j < steps[t].Length; j++)
                    error = Math.Max(error, Math.Abs(steps[t][j] - predictions[Position(info.Outputs[0], info.Layout, t - first, row, rows) + j]));
            }
        }

        return error;
    }

    private static double[][] Run(ModelInfo info, float[][] weights, double[][] steps, int dilationGrowth)
    {
        int dilation = 1;
        var remaining = new Queue<float[]>(weights);
        foreach (LayerInfo layer in info.Layers)
        {
            steps = layer.Type switch
            {
                "SimpleRNN" => SimpleRnn(steps, remaining.Dequeue(), remaining.Dequeue(), remaining.Dequeue()),
                "LSTM" => Lstm(steps, remaining.Dequeue(), remaining.Dequeue(), remaining.Dequeue()),
                "GRU" => Gru(steps, remaining.Dequeue(), remaining.Dequeue(), remaining.Dequeue()),
                "Conv1D" => CausalConvolution(steps, remaining.Dequeue(), remaining.Dequeue(), dilation),
                "Dense" => Dense(steps, remaining.Dequeue(), remaining.Dequeue()),
                _ => throw new NotSupportedException($"The reference has no {layer.Type} yet."),
            };
            if (layer.Type == "Conv1D")
                dilation *= dilationGrowth;
        }

        return steps;
    }

    private static double[][] CausalConvolution(double[][] steps, float[] kernel, float[] bias, int dilation)
    {
        int tap = steps[0].Length * bias.Length, taps = kernel.Length / tap;
        var zeros = new double[steps[0].Length];
        return [.. steps.Select((_, s) =>
        {
            double[] y = [.. bias.Select(b => (double)b)];
            for (int j = 0; j < taps; j++)
            {
                int t = s - (taps - 1 - j) * dilation;
                double[] seen = Affine(t < 0 ? zeros : steps[t], kernel[(j * tap)..((j + 1) * tap)], new float[bias.Length]);
                for (int f = 0; f < y.Length; f++)
                    y[f] += seen[f];
            }

            return Array.ConvertAll(y, z => Math.Max(z, 0));
        })];
    }

    private static double[][] SimpleRnn(double[][] steps, float[] kernel, float[] recurrent, float[] bias)
    {
        var h = new double[bias.Length];
        return [.. steps.Select(x =>
        {
            double[] z = Affine(x, kernel, bias);
            double[] fromState = Affine(h, recurrent, new float[bias.Length]);
            return h = [.. z.Zip(fromState, (a, b) => Math.Tanh(a + b))];
        })];
    }

    /// <summary>Blocks i, f, c, o.</summary>
    private static double[][] Lstm(double[][] steps, float[] kernel, float[] recurrent, float[] bias)
    {
        int units = bias.Length / 4;
        double[] h = new double[units], c = new double[units];
        return [.. steps.Select(x =>
        {
            double[] z = [.. Affine(x, kernel, bias).Zip(Affine(h, recurrent, new float[bias.Length]), (a, b) => a + b)];
            c = [.. c.Select((memory, j) => Sigmoid(z[units + j]) * memory + Sigmoid(z[j]) * Math.Tanh(z[2 * units + j]))];
            return h = [.. c.Select((memory, j) => Sigmoid(z[3 * units + j]) * Math.Tanh(memory))];
        })];
    }

    /// <summary>Blocks z, r, h; the reset gate behind the recurrent product, which has a bias of its own.</summary>
    private static double[][] Gru(double[][] steps, float[] kernel, float[] recurrent, float[] bias)
    {
        int units = bias.Length / 6;
        var h = new double[units];
        return [.. steps.Select(x =>
        {
            double[] a = Affine(x, kernel, bias[..(3 * units)]), b = Affine(h, recurrent, bias[(3 * units)..]);
            return h = [.. h.Select((old, j) =>
            {
                double update = Sigmoid(a[j] + b[j]), reset = Sigmoid(a[units + j] + b[units + j]);
                return update * old + (1 - update) * Math.Tanh(a[2 * units + j] + reset * b[2 * units + j]);
            })];
        })];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[][] Dense(double[][] steps, float[] kernel, float[] bias) => [.. steps.Select(x => Affine(x, kernel, bias))];

    private static double[] Affine(double[] x, float[] kernel, float[] bias)
    {
        double[] y = [.. bias.Select(b => (double)b)];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
                y[j] += x[i] * kernel[i * y.Length + j];
        }

        return y;
    }

    private static double[][] Row(TensorInfo input, DataLayout layout, float[] inputs, int row, int rows)
    {
        var steps = new double[Math.Max(1, input.TimeSteps)][];
        for (int t = 0; t < steps.Length; t++)
            steps[t] = [.. inputs.Skip(Position(input, layout, t, row, rows)).Take(input.Features).Select(v => (double)v)];
        return steps;
    }

    private static int Position(TensorInfo tensor, DataLayout layout, int t, int row, int rows) =>
        (layout == DataLayout.TimeMajor && tensor.TimeSteps > 0 ? t * rows + row : row * Math.Max(1, tensor.TimeSteps) + t) * tensor.Features;
}
