using GenRnn;

namespace GenService;

/// <summary>The next value of a stream, from all that came before. It is trained on windows of 64 values and served one value at a time, with the same weights.</summary>
[Input(TimeSteps = 64, Features = 1)]
[Gru(16)]
[Dense(1)]
public partial class Forecaster;
