namespace GenRnn.Benchmarks.Models;

/// <summary>One wide LSTM layer over long sequences: <c>[64, 100, 32] -> [64, 100, 128]</c>.</summary>
[Input(TimeSteps = 100, Features = 32, Batch = 64)]
[Lstm(128, ReturnSequences = true)]
public partial class W9;
