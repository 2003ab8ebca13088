using GenRnn;

namespace TimeSeries.Models;

/// <summary>A day of a sensor through eight numbers and back: what it can't give back is unusual.</summary>
[Input(TimeSteps = 24, Features = 1, Batch = 32)]
[Gru(8)]
[RepeatVector(24)]
[Gru(16, ReturnSequences = true)]
[Dense(1)]
public partial class DayAutoencoder;

/// <summary>Two weeks of a store's sales and the day of the week, one day ahead.</summary>
[Input(TimeSteps = 14, Features = 3, Batch = 16)]
[Gru(8)]
[Dense(1)]
public partial class StoreForecaster;
