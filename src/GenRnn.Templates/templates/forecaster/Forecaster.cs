using GenRnn;

namespace GenForecaster;

/// <summary>48 values in, the next 12 out.</summary>
[Input(TimeSteps = 48, Features = 1, Batch = 32)]
[Gru(16)]
[Dense(12)]
public partial class Forecaster;
