using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <summary>What compiled passes do with a <see cref="ModelState{T}"/>, whose values they read and write unchecked. Nobody else has a use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StateMemory
{
    /// <summary>Where the compiled passes keep the values. Kernels read what stands there unchecked.</summary>
    public static AlignedBuffer<T> Arena<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Arena;

    /// <summary>Which states there are, and where in the arena.</summary>
    public static ReadOnlySpan<StateSlot> Slots<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.Slots;

    /// <summary>Counts a step that begins: the number of steps before it since the rings stood at their first slots.</summary>
    public static ulong NextStep<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.NextStep();

    /// <summary>The slot of a ring of <paramref name="steps"/> steps at which the oldest one stands; those after it follow.</summary>
    public static int RingStart<T>(this ModelState<T> state, int steps)
        where T : unmanaged, IFloatingPointIeee754<T> => state.RingStart(steps);

    /// <summary>From now on all rings stand at their first slots, where a pass over a whole sequence leaves its last steps.</summary>
    public static void RestartRings<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.RestartRings();

    /// <summary>Marks the state as used by one call, for which it is a plain flag. The caller throws nothing until <see cref="Exit{T}"/>.</summary>
    /// <exception cref="InvalidOperationException">Another call uses it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        state.RequireIdle();
        state.IsInUse = true;
    }

    /// <summary>Ends what <see cref="Enter{T}"/> began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exit<T>(this ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T> => state.IsInUse = false;
}
