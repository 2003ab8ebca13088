using GenRnn;

namespace TimeSeries.Models;

/// <summary>
/// One small layer: 240 windows would not train a large one. Width, learning rate and number of epochs were chosen by training
/// up to 1929 and forecasting 1930 to 1959, not by looking at the years after.
/// </summary>
[Input(TimeSteps = 20, Features = 1, Batch = 32)]
[SimpleRnn(10)]
[Dense(1)]
public partial class SunspotForecaster;
