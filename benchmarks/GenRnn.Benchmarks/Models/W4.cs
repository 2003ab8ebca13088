namespace GenRnn.Benchmarks.Models;

/// <summary>The forecaster of the main sample, two narrow layers and a head: <c>[32, 50, 1] -> [32, 1]</c>.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20)]
[Dense(1)]
public partial class W4;
