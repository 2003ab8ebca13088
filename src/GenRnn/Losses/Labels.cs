using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>Targets moved towards equal parts: y (1 - s) + s / classes.</summary>
internal readonly struct Labels<T>(double smoothing, int classes)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _kept = T.CreateTruncating(1 - smoothing);
    private readonly T _added = T.CreateTruncating(smoothing / classes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Smooth(Vector<T> target) => target * new Vector<T>(_kept) + new Vector<T>(_added);
}
