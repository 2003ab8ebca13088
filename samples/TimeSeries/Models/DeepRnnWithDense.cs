using GenRnn;

namespace TimeSeries.Models;

/// <summary>Two recurrent layers and a linear one: as deep as <see cref="DeepRnn"/>, quicker, and the forecast is not bounded.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20)]
[Dense(1)]
public partial class DeepRnnWithDense;
