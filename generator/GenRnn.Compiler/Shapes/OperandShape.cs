namespace GenRnn.Compiler.Shapes;

/// <summary>What a layer reads, as far as shapes are concerned.</summary>
/// <param name="Shape">Its shape, for one row.</param>
/// <param name="IsMasked">Whether some of its steps may not count.</param>
/// <param name="Name">What messages call it: <c>SimpleRnn(20)</c>.</param>
public readonly record struct OperandShape(Shape Shape, bool IsMasked, string Name);
