using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer reads: what an input or another layer gives.</summary>
/// <param name="Values">A sequence, or a vector.</param>
/// <param name="Mask">Which of its steps count; null if all do.</param>
public sealed record Operand(Sequence Values, TimeMask? Mask);
