using System;
using System.ComponentModel;
using System.Numerics;

namespace GenRnn.CompilerServices;

/// <summary>A call's use of a workspace and a state, from construction to disposal. A plain flag in each, so that misuse is found out when it can be.</summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PassUse<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelWorkspace<T>? _workspace;
    private readonly ModelState<T>? _state;

    /// <summary>Marks both as used.</summary>
    /// <exception cref="InvalidOperationException">Another call uses one of them; neither was marked.</exception>
    public PassUse(ModelWorkspace<T>? workspace, ModelState<T>? state)
    {
        if (workspace is { IsInUse: true })
            Check.ThrowInUse("workspace");
        if (state is { IsInUse: true })
            Check.ThrowInUse("state");
        _workspace = workspace;
        _state = state;
        Mark(true);
    }

    /// <summary>Ends the use.</summary>
    public void Dispose() => Mark(false);

    private void Mark(bool isInUse)
    {
        if (_workspace is not null)
            _workspace.IsInUse = isInUse;
        if (_state is not null)
            _state.IsInUse = isInUse;
    }
}
