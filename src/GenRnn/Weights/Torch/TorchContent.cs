using System.Collections.Generic;

namespace GenRnn;

/// <summary>What a file of PyTorch holds.</summary>
/// <param name="Tensors">All weights, in the order of the file.</param>
/// <param name="Beside">Keys and values of a checkpoint that hold none of them.</param>
/// <param name="Module">The whole module that was saved; null where weights alone were.</param>
internal sealed record TorchContent(IReadOnlyList<StoredTensor> Tensors, IReadOnlyList<KeyValuePair<string, object?>> Beside, PickleRecord? Module);
