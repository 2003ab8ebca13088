using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>The exponential moving average of the weights: Keras' <c>use_ema</c>.</summary>
internal sealed class WeightAverage<T>(double momentum, int? overwriteFrequency, (int Offset, int Length)[] runs, int parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _average = new(parameterCount);

    public Span<T> Values => _average.Span;

    /// <summary>Follows the weights after a batch, and puts the average in their place if that is due.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="updatesBefore">Updates that were done before this batch's: while there are none the average is the weights.</param>
    public void Follow(Span<T> parameters, long updatesBefore)
    {
        double kept = updatesBefore == 0 ? 0 : momentum;
        var approach = new Approach(T.CreateTruncating(kept), T.CreateTruncating(1 - kept));
        foreach ((int offset, int length) in runs)
        {
            if (updatesBefore == 0)
                parameters.Slice(offset, length).CopyTo(Values[offset..]);
            else
                Elementwise.Zip(approach, Values.Slice(offset, length), parameters.Slice(offset, length), Values.Slice(offset, length));
        }

        if (overwriteFrequency is { } frequency && (updatesBefore + 1) % frequency == 0)
            Overwrite(parameters);
    }

    /// <summary>Puts the average in the place of the trainable weights.</summary>
    public void Overwrite(Span<T> parameters)
    {
        foreach ((int offset, int length) in runs)
            Values.Slice(offset, length).CopyTo(parameters[offset..]);
    }

    private readonly struct Approach(T kept, T gain) : Elementwise.IZip<T>
    {
        private readonly Vector<T> _kept = new(kept);
        private readonly Vector<T> _gain = new(gain);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> average, Vector<T> weight) => average * _kept + weight * _gain;
    }
}
