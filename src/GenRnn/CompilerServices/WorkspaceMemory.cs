using System;
using System.ComponentModel;
using System.Numerics;

namespace GenRnn.CompilerServices;

/// <summary>What compiled passes do with a <see cref="ModelWorkspace{T}"/>, whose values they read and write unchecked. Nobody else has a use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkspaceMemory
{
    /// <summary>Where the compiled passes keep their values. Kernels read what stands there unchecked.</summary>
    public static AlignedBuffer<T> Arena<T>(this ModelWorkspace<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.Arena;

    /// <summary>Which pieces of a pass have run.</summary>
    public static PassProgress Progress<T>(this ModelWorkspace<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.Progress;

    /// <summary><see cref="ModelWorkspace{T}.OutputMask"/>, to write.</summary>
    public static Span<T> WritableOutputMask<T>(this ModelWorkspace<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.WritableOutputMask;

    /// <summary>The penalty of each row of the last forward pass, to write.</summary>
    public static Span<T> WritablePenalties<T>(this ModelWorkspace<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.WritablePenalties;

    /// <summary><see cref="ModelWorkspace{T}.Logits"/>, to write.</summary>
    public static Span<T> WritableLogits<T>(this ModelWorkspace<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.WritableLogits;

    /// <summary>Counts a forward pass that begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not 1 to the model's batch.</exception>
    public static void Begin<T>(this ModelWorkspace<T> workspace, int rows, bool training)
        where T : unmanaged, IFloatingPointIeee754<T> => workspace.Begin(rows, training);
}
