namespace GenRnn.Benchmarks.Models;

/// <summary>Two narrow LSTM layers and a head at every step: <c>[32, 50, 1] -> [32, 50, 10]</c>.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Lstm(20, ReturnSequences = true)]
[Lstm(20, ReturnSequences = true)]
[Dense(10)]
public partial class W5;
