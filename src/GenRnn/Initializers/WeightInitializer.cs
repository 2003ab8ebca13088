using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Keras' initialisers: one table from kind to rule.</summary>
/// <remarks>Everything is computed in double and rounded once, so a float and a double model start alike.</remarks>
internal static class WeightInitializer
{
    // Standard deviation of a standard normal that was cut at two: dividing by it restores the variance asked for.
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Starts one variable.</summary>
    /// <param name="initializer">How.</param>
    /// <param name="shape">The variable's shape.</param>
    /// <param name="random">The variable's own random stream.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <exception cref="ArgumentException">The initialiser cannot start this shape.</exception>
    public static void Fill<T>(InitializerInfo initializer, ReadOnlySpan<int> shape, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Fans fans = Fans.Of(shape);
        switch (initializer.Kind)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(T.One);
                break;
            case Initializer.Constant:
                values.Fill(T.CreateTruncating(initializer.Value));
                break;
            case Initializer.Identity:
                Identity(initializer.Gain, shape, values);
                break;
            case Initializer.RandomNormal:
                Normal(initializer.Mean, initializer.StandardDeviation, random, values);
                break;
            case Initializer.RandomUniform:
                Uniform(initializer.Minimum, initializer.Maximum, random, values);
                break;
            case Initializer.TruncatedNormal:
                TruncatedNormal(initializer.Mean, initializer.StandardDeviation, random, values);
                break;
            case Initializer.VarianceScaling:
                double fan = initializer.Mode switch { FanMode.FanIn => fans.In, FanMode.FanOut => fans.Out, _ => fans.Average };
                if (initializer.IsUniform)
                    ScaledUniform(initializer.Scale, fan, random, values);
                else
                    ScaledNormal(initializer.Scale, fan, random, values);
                break;
            case Initializer.GlorotUniform:
                ScaledUniform(1.0, fans.Average, random, values);
                break;
            case Initializer.GlorotNormal:
                ScaledNormal(1.0, fans.Average, random, values);
                break;
            case Initializer.HeUniform:
                ScaledUniform(2.0, fans.In, random, values);
                break;
            case Initializer.HeNormal:
                ScaledNormal(2.0, fans.In, random, values);
                break;
            case Initializer.LecunUniform:
                ScaledUniform(1.0, fans.In, random, values);
                break;
            case Initializer.LecunNormal:
                ScaledNormal(1.0, fans.In, random, values);
                break;
            case Initializer.Orthogonal:
                OrthogonalMatrix.Fill(initializer.Gain, shape, random, values);
                break;
            default:
                throw new ArgumentException($"Found the initialiser {initializer.Kind}, which this runtime does not know.", nameof(initializer));
        }

        if (initializer.OnesLength > 0)
            values.Slice(initializer.OnesStart, initializer.OnesLength).Fill(T.One);
    }

    private static void Identity<T>(double gain, ReadOnlySpan<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Length != 2)
            throw new ArgumentException($"Identity starts matrices only; found a shape of {shape.Length} axes.", nameof(shape));
        values.Clear();
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++)
            values[i * shape[1] + i] = T.CreateTruncating(gain);
    }

    private static void Uniform<T>(double minimum, double maximum, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value = T.CreateTruncating(minimum + (maximum - minimum) * random.NextUniform());
    }

    private static void Normal<T>(double mean, double deviation, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value = T.CreateTruncating(mean + deviation * random.NextNormal());
    }

    private static void TruncatedNormal<T>(double mean, double deviation, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
            value = T.CreateTruncating(mean + deviation * random.NextTruncatedNormal());
    }

    private static void ScaledUniform<T>(double scale, double fan, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double limit = Math.Sqrt(3.0 * scale / AtLeastOne(fan));
        Uniform(-limit, limit, random, values);
    }

    private static void ScaledNormal<T>(double scale, double fan, RandomStream random, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TruncatedNormal(0.0, Math.Sqrt(scale / AtLeastOne(fan)) / TruncatedDeviation, random, values);

    private static double AtLeastOne(double fan) => fan < 1.0 ? 1.0 : fan;
}
