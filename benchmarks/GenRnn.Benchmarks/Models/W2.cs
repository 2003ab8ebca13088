namespace GenRnn.Benchmarks.Models;

/// <summary>One wide layer, time first, all sequences out: <c>[6, 5, 100] -> [6, 5, 200]</c>.</summary>
[Input(TimeSteps = 6, Features = 100, Batch = 5, Layout = DataLayout.TimeMajor)]
[SimpleRnn(200, ReturnSequences = true)]
public partial class W2;
