using GenRnn.Compiler.Graph;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer reads, as far as shapes are concerned.</summary>
/// <param name="Shape">Its shape, for one row.</param>
/// <param name="IsMasked">Whether some of its steps may not count.</param>
/// <param name="Name">What messages call it: <c>SimpleRnn(20)</c>.</param>
public readonly record struct OperandShape(Shape Shape, bool IsMasked, string Name)
{
    /// <summary>The layer on the way to it that returned only its last step; null if none did.</summary>
    public GraphNode? Dropped { get; init; }

    /// <summary>The layer on the way to it, behind any that returned its last step, that never gives steps; null if there is none.</summary>
    public GraphNode? Ended { get; init; }
}
