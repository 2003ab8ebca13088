namespace GenRnn.Benchmarks.Models;

/// <summary>Two middle-sized layers on a small batch: <c>[8, 80, 100] -> [8, 64]</c>.</summary>
[Input(TimeSteps = 80, Features = 100, Batch = 8)]
[SimpleRnn(64, ReturnSequences = true)]
[SimpleRnn(64)]
public partial class W3;
