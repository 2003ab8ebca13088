using GenRnn;

namespace TimeSeries.Models;

/// <summary>A linear regression on the whole window: what a recurrent network has to beat.</summary>
[Input(Features = 50, Batch = 32)]
[Dense(1)]
public partial class LinearModel;
