using System;
using System.Globalization;

namespace GenRnn;

/// <summary>A learning rate: a constant, or a schedule over the batches of a training.</summary>
/// <remarks>A number converts to a constant one: <c>new Adam { LearningRate = 0.01 }</c>. A schedule of one's own is a class with one method.</remarks>
public abstract class LearningRate
{
    /// <summary>The rate of one batch.</summary>
    /// <param name="iteration">Number of batches before it: 0 at the first, as in Keras.</param>
    public abstract double At(long iteration);

    /// <summary>Whether it is a number rather than a schedule: the rate of a training may then be set while it runs.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>The rate with its settings: what a checkpoint knows it by. Override it in a schedule of your own that has any.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>A constant rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or not a number.</exception>
    public static implicit operator LearningRate(double rate) => new Constant(rate);

    private sealed class Constant : LearningRate
    {
        private readonly double _rate;

        public Constant(double rate)
        {
            // The number was written for the property; that it became an object on the way is nobody's business.
            if (!(double.IsFinite(rate) && rate >= 0))
                throw new ArgumentOutOfRangeException(nameof(LearningRate), rate, "A LearningRate is a finite number of at least 0.");
            _rate = rate;
        }

        public override double At(long iteration) => _rate;

        public override string ToString() => _rate.ToString("R", CultureInfo.InvariantCulture);

        internal override bool IsConstant => true;
    }
}
