using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Half the squared error up to <see cref="Delta"/>, beyond it a straight line: mean over the last axis.</summary>
/// <remarks>Keras' <c>Huber</c>: e^2 / 2 for |e| at most delta, else delta |e| - delta^2 / 2.</remarks>
public sealed class Huber() : Loss("huber")
{
    private readonly double _delta = 1;

    /// <summary>Where the line begins: 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Delta
    {
        get => _delta;
        init => _delta = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Delta), value, "Delta is positive and finite.");
    }

    internal override string Description => FormattableString.Invariant($"{Name} {{ Delta = {Delta} }}");

    /// <inheritdoc/>
    public override double Evaluate<T>(in PredictionBatch<T> batch, Span<T> gradients) =>
        ElementwiseLoss.Evaluate(Name, batch, new Bend<T>(T.CreateTruncating(Delta)), gradients);

    private readonly struct Bend<T>(T delta) : Elementwise.ILoss<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static Vector<T> Half => new(T.One / (T.One + T.One));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Value(Vector<T> target, Vector<T> prediction)
        {
            var bound = new Vector<T>(delta);
            Vector<T> error = Functions.Abs(prediction - target);
            return Vector.ConditionalSelect(Vector.GreaterThan(error, bound), bound * error - Half * bound * bound, Half * error * error);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Slope(Vector<T> target, Vector<T> prediction)
        {
            var bound = new Vector<T>(delta);
            return Functions.Clip(prediction - target, -bound, bound);
        }
    }
}
