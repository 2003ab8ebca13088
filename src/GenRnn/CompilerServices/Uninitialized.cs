using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>Asks for a model whose weights come from elsewhere, so that no initialiser runs: an argument of a generated constructor.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Uninitialized;
