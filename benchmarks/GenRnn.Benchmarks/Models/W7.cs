namespace GenRnn.Benchmarks.Models;

/// <summary>Two GRU layers, time first, all sequences out: <c>[6, 5, 100] -> [6, 5, 100]</c>.</summary>
[Input(TimeSteps = 6, Features = 100, Batch = 5, Layout = DataLayout.TimeMajor)]
[Gru(100, ReturnSequences = true)]
[Gru(100, ReturnSequences = true)]
public partial class W7;
