using GenRnn;

namespace TimeSeries.Models;

/// <summary>Three recurrent layers; the last has one unit, so the forecast goes through tanh and stays within -1 and 1.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(1)]
public partial class DeepRnn;
