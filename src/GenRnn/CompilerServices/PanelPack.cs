using System;
using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>Writes the packed panels of a model from its dense parameters. Emitted for every model.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="parameters">All parameters, dense, in Keras' layout.</param>
/// <param name="panels">The panels to overwrite.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PanelPack<T>(ReadOnlySpan<T> parameters, Span<T> panels);
