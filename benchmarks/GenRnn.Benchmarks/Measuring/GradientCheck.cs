using System;
using System.Linq;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Compares the gradient with a central difference along its own direction, as the peers' programs do.</summary>
internal static class GradientCheck
{
    private static readonly double[] s_steps = [5e-3, 2e-3, 7e-4];

    /// <summary>Relative error of the directional derivative of the mean squared error; the best of three step lengths, for
    /// float32 rounding and curvature pull in opposite directions. The parameters are left as they were.</summary>
    public static double RelativeError(IModel<float> model, float[] inputs, float[] targets, int rows)
    {
        var step = new TrainingStep(model, new Sgd { LearningRate = 0 }, inputs, targets, rows);
        float[] gradients = step.Gradients.ToArray();
        float[] origin = model.Parameters.ToArray();
        double norm = Math.Sqrt(gradients.Sum(g => (double)g * g));

        double LossAt(double distance)
        {
            model.UpdateParameters(distance, (parameters, d) =>
            {
                for (int i = 0; i < parameters.Length; i++)
                    parameters[i] = (float)(origin[i] + d * gradients[i] / norm);
            });
            var outputs = new float[targets.Length];
            model.Predict(inputs, outputs);
            return outputs.Zip(targets, (o, t) => ((double)o - t) * ((double)o - t)).Average();
        }

        double error = s_steps.Min(h => Math.Abs((LossAt(h) - LossAt(-h)) / (2 * h) - norm) / norm);
        model.UpdateParameters(origin, static (parameters, values) => values.CopyTo(parameters));
        return error;
    }
}
