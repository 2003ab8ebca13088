namespace GenRnn.Benchmarks.Models;

/// <summary>A tiny layer on two rows, <c>[2, 20, 10] -> [2, 5]</c>: what a call costs.</summary>
[Input(TimeSteps = 20, Features = 10, Batch = 2)]
[SimpleRnn(5)]
public partial class W1;
