using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GenRnn;

/// <summary>
/// Loops that apply one vector formula to every element. The ragged end goes through the same formula in a padded
/// vector, so a formula is written once and an element's bits do not depend on the vector's width.
/// </summary>
internal static class Elementwise
{
    /// <summary>A formula of one variable.</summary>
    public interface IMap<T>
    {
        Vector<T> Invoke(Vector<T> x);
    }

    /// <summary>An optimiser's formula: it reads a gradient and updates a parameter and up to three moments.</summary>
    public interface IUpdate<T>
    {
        /// <summary>How many moments are used; a constant, so that the rest is not compiled.</summary>
        static abstract int Slots { get; }

        void Invoke(Vector<T> gradient, ref Vector<T> parameter, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2);
    }

    /// <summary>A formula of a target and a prediction: the loss, and its derivative by the prediction.</summary>
    public interface ILoss<T>
    {
        Vector<T> Value(Vector<T> target, Vector<T> prediction);

        Vector<T> Slope(Vector<T> target, Vector<T> prediction);
    }

    /// <summary>A formula of two variables.</summary>
    public interface IZip<T>
    {
        Vector<T> Invoke(Vector<T> x, Vector<T> y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<T, TMap>(Span<T> values, TMap map)
        where T : unmanaged
        where TMap : struct, IMap<T>
    {
        ref T origin = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
            map.Invoke(Vector.LoadUnsafe(ref origin, (nuint)i)).StoreUnsafe(ref origin, (nuint)i);
        if (i < values.Length)
            StoreTail(map.Invoke(LoadTail<T>(values[i..])), values[i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update<T, TUpdate>(
        TUpdate update, ReadOnlySpan<T> gradients, Span<T> parameters, Span<T> slot0 = default, Span<T> slot1 = default, Span<T> slot2 = default)
        where T : unmanaged
        where TUpdate : struct, IUpdate<T>
    {
        int count = gradients.Length;
        // Slices to the same length check once what the loop then reads without checks.
        ref readonly T g = ref MemoryMarshal.GetReference(gradients);
        ref T p = ref MemoryMarshal.GetReference(parameters[..count]);
        ref T s0 = ref MemoryMarshal.GetReference(TUpdate.Slots > 0 ? slot0[..count] : default);
        ref T s1 = ref MemoryMarshal.GetReference(TUpdate.Slots > 1 ? slot1[..count] : default);
        ref T s2 = ref MemoryMarshal.GetReference(TUpdate.Slots > 2 ? slot2[..count] : default);

        int i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            nuint at = (nuint)i;
            Vector<T> parameter = Vector.LoadUnsafe(ref p, at);
            Vector<T> v0 = TUpdate.Slots > 0 ? Vector.LoadUnsafe(ref s0, at) : default;
            Vector<T> v1 = TUpdate.Slots > 1 ? Vector.LoadUnsafe(ref s1, at) : default;
            Vector<T> v2 = TUpdate.Slots > 2 ? Vector.LoadUnsafe(ref s2, at) : default;
            update.Invoke(Vector.LoadUnsafe(in g, at), ref parameter, ref v0, ref v1, ref v2);
            parameter.StoreUnsafe(ref p, at);
            if (TUpdate.Slots > 0)
                v0.StoreUnsafe(ref s0, at);
            if (TUpdate.Slots > 1)
                v1.StoreUnsafe(ref s1, at);
            if (TUpdate.Slots > 2)
                v2.StoreUnsafe(ref s2, at);
        }

        if (i < count)
            UpdateTail(update, gradients[i..], parameters[i..], Rest(slot0, i), Rest(slot1, i), Rest(slot2, i));
    }

    /// <summary>Writes the losses to <paramref name="values"/> and, unless it is empty, scale x derivative to <paramref name="gradients"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Loss<T, TLoss>(TLoss loss, ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, T scale, Span<T> values, Span<T> gradients)
        where T : unmanaged
        where TLoss : struct, ILoss<T>
    {
        int count = predictions.Length;
        targets = targets[..count];
        values = values[..count];
        if (!gradients.IsEmpty)
            gradients = gradients[..count];

        bool wantsGradients = !gradients.IsEmpty;
        ref readonly T y = ref MemoryMarshal.GetReference(targets);
        ref readonly T p = ref MemoryMarshal.GetReference(predictions);
        ref T v = ref MemoryMarshal.GetReference(values);
        ref T g = ref MemoryMarshal.GetReference(gradients);
        var factor = new Vector<T>(scale);
        int i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            nuint at = (nuint)i;
            Vector<T> target = Vector.LoadUnsafe(in y, at);
            Vector<T> prediction = Vector.LoadUnsafe(in p, at);
            loss.Value(target, prediction).StoreUnsafe(ref v, at);
            if (wantsGradients)
                (loss.Slope(target, prediction) * factor).StoreUnsafe(ref g, at);
        }

        if (i < count)
        {
            Vector<T> target = LoadTail(targets[i..]);
            Vector<T> prediction = LoadTail(predictions[i..]);
            StoreTail(loss.Value(target, prediction), values[i..]);
            if (wantsGradients)
                StoreTail(loss.Slope(target, prediction) * factor, gradients[i..]);
        }
    }

    /// <summary>Writes a formula of two spans to a third, which may be one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Zip<T, TZip>(TZip zip, ReadOnlySpan<T> xs, ReadOnlySpan<T> ys, Span<T> results)
        where T : unmanaged
        where TZip : struct, IZip<T>
    {
        int count = xs.Length;
        ys = ys[..count];
        results = results[..count];
        ref readonly T x = ref MemoryMarshal.GetReference(xs);
        ref readonly T y = ref MemoryMarshal.GetReference(ys);
        ref T r = ref MemoryMarshal.GetReference(results);
        int i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
            zip.Invoke(Vector.LoadUnsafe(in x, (nuint)i), Vector.LoadUnsafe(in y, (nuint)i)).StoreUnsafe(ref r, (nuint)i);
        if (i < count)
            StoreTail(zip.Invoke(LoadTail(xs[i..]), LoadTail(ys[i..])), results[i..]);
    }

    private static void UpdateTail<T, TUpdate>(
        TUpdate update, ReadOnlySpan<T> gradients, Span<T> parameters, Span<T> slot0, Span<T> slot1, Span<T> slot2)
        where T : unmanaged
        where TUpdate : struct, IUpdate<T>
    {
        int count = gradients.Length;
        Vector<T> parameter = LoadTail<T>(parameters[..count]);
        Vector<T> v0 = TUpdate.Slots > 0 ? LoadTail<T>(slot0[..count]) : default;
        Vector<T> v1 = TUpdate.Slots > 1 ? LoadTail<T>(slot1[..count]) : default;
        Vector<T> v2 = TUpdate.Slots > 2 ? LoadTail<T>(slot2[..count]) : default;
        update.Invoke(LoadTail(gradients), ref parameter, ref v0, ref v1, ref v2);
        StoreTail(parameter, parameters[..count]);
        if (TUpdate.Slots > 0)
            StoreTail(v0, slot0[..count]);
        if (TUpdate.Slots > 1)
            StoreTail(v1, slot1[..count]);
        if (TUpdate.Slots > 2)
            StoreTail(v2, slot2[..count]);
    }

    private static Span<T> Rest<T>(Span<T> slot, int start) => slot.IsEmpty ? slot : slot[start..];

    private static Vector<T> LoadTail<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        Vector<T> padded = default;
        source.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector<T>, T>(ref padded), Vector<T>.Count));
        return padded;
    }

    private static void StoreTail<T>(Vector<T> padded, Span<T> destination)
        where T : unmanaged
    {
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector<T>, T>(ref padded), destination.Length).CopyTo(destination);
    }
}
