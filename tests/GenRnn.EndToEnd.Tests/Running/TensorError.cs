using System;
using System.Globalization;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>What a compared tensor is, for the figures.</summary>
internal enum TensorRole
{
    Output,
    WeightGradient,
    InputGradient,
    StateGradient,
    Loss,
    TrainedWeight,
}

/// <summary>How far a tensor is from its reference.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Name">Its name, with the way in which it was computed.</param>
/// <param name="Difference">max |ours - reference|; infinite if a value is not finite.</param>
/// <param name="Magnitude">max |reference|.</param>
/// <param name="Relative">The tolerance: <see cref="Difference"/> may be this times <see cref="Magnitude"/>, plus 1e-6.</param>
internal sealed record TensorError(TensorRole Role, string Name, double Difference, double Magnitude, double Relative)
{
    /// <summary>The gate of Goldens/README.md.</summary>
    public const double Gate = 1e-5;

    /// <summary>The gate of training trajectories.</summary>
    public const double TrainingGate = 1e-4;

    private const double DoubleGate = 1e-6;

    private const double Absolute = 1e-6;

    public bool Passes => Difference <= Relative * Magnitude + Absolute;

    /// <summary>The figure that is compared with Keras' own: max |difference| / max |value|.</summary>
    public double Ratio => Difference == 0 ? 0 : Difference / Magnitude;

    /// <summary>The gate of code in an element type; double code has one for all that it computes, because the files are float32.</summary>
    /// <param name="single">The gate of float code.</param>
    public static double GateOf<T>(double single = Gate) => typeof(T) == typeof(double) ? DoubleGate : single;

    public static TensorError Of(TensorRole role, string name, ReadOnlySpan<float> ours, ReadOnlySpan<float> reference, double relative = Gate)
    {
        if (ours.Length != reference.Length)
            throw new InvalidOperationException($"{name} has {ours.Length} values; the reference has {reference.Length}.");
        double difference = 0, magnitude = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            double d = Math.Abs((double)ours[i] - reference[i]);
            difference = Math.Max(difference, double.IsNaN(d) ? double.PositiveInfinity : d);
            magnitude = Math.Max(magnitude, Math.Abs(reference[i]));
        }

        return new TensorError(role, name, difference, magnitude, relative);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Passes ? "ok  " : "FAIL")} {Name}: max |difference| {Difference:E2}, max |reference| {Magnitude:E2}, allowed {Relative * Magnitude + Absolute:E2}");
}
