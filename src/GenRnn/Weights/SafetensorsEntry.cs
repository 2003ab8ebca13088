namespace GenRnn;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type as the format spells it: <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past its last byte.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End);
