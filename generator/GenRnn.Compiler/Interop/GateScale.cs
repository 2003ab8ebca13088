using System.Collections.Generic;

namespace GenRnn.Compiler.Interop;

/// <summary>
/// Columns of a layer's weights that are multiplied when they are imported: Keras 1 and 2 have the hard sigmoid clip(0.2 x + 0.5, 0, 1), which is Keras 3's
/// clip(x / 6 + 0.5, 0, 1) of 1.2 x; so a gate with 1.2 times the weights and Keras 3's function computes the same.
/// </summary>
/// <param name="Gates">For each block of columns (gate) whether it is multiplied; one block for a layer without gates.</param>
public sealed record GateScale(IReadOnlyList<bool> Gates)
{
    /// <summary>0.2 / (1 / 6).</summary>
    public const double Factor = 1.2;
}
