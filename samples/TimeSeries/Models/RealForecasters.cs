using GenRnn;

namespace TimeSeries.Models;

// One small network for each real series: a window in, all steps ahead out.

/// <summary>Twenty years of sunspots, ten ahead: nearly two cycles, and one to come.</summary>
[Input(TimeSteps = 20, Features = 1, Batch = 32)]
[Gru(12)]
[Dense(10)]
public partial class CycleForecaster;

/// <summary>A year of weeks, half a year ahead.</summary>
[Input(TimeSteps = 52, Features = 1, Batch = 32)]
[Gru(16)]
[Dense(26)]
public partial class CarbonForecaster;

/// <summary>Two years of months and the calendar, a year ahead.</summary>
[Input(TimeSteps = 24, Features = 3, Batch = 32)]
[Gru(16)]
[Dense(12)]
public partial class OceanForecaster;
