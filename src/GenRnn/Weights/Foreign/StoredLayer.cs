using System.Collections.Generic;

namespace GenRnn;

/// <summary>The weights of one layer in another tool's file, in that tool's order.</summary>
/// <param name="Name">How the file calls it.</param>
/// <param name="Tensors">Its tensors.</param>
internal sealed record StoredLayer(string Name, IReadOnlyList<StoredTensor> Tensors);
