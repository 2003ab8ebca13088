using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>Adds the gradients of several batches up: Keras' <c>gradient_accumulation_steps</c>.</summary>
internal sealed class GradientAccumulator<T>(int steps, int parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _sum = new(parameterCount);
    private bool _isTaken;

    /// <summary>The sum of the batches since the last update.</summary>
    public Span<T> Sum => _sum.Span;

    /// <summary>Back to nothing.</summary>
    public void Reset()
    {
        Sum.Clear();
        _isTaken = false;
    }

    /// <summary>Adds a batch's gradients. Returns whether they were the last of a group: <see cref="Sum"/> is then the group's mean, until the next call.</summary>
    /// <param name="gradients">The gradients.</param>
    /// <param name="batchesBefore">Batches before this one.</param>
    public bool Add(ReadOnlySpan<T> gradients, long batchesBefore)
    {
        if (_isTaken)
            Sum.Clear();
        Elementwise.Zip(default(Total), Sum, gradients, Sum);
        _isTaken = (batchesBefore + 1) % steps == 0;
        if (_isTaken)
            Elementwise.Map(Sum, new Quotient(T.CreateTruncating(steps)));
        return _isTaken;
    }

    /// <summary>Shows a checkpoint the sum. Whether it is taken follows from the batches.</summary>
    public void Checkpoint(CheckpointPart part, long batches)
    {
        part.Keep("accumulated_gradients", Sum);
        _isTaken = batches > 0 && batches % steps == 0;
    }

    private readonly struct Total : Elementwise.IZip<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x, Vector<T> y) => x + y;
    }

    private readonly struct Quotient(T divisor) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _divisor = new(divisor);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => x / _divisor;
    }
}
