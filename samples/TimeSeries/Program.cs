using System;
using TimeSeries.Data;

SyntheticSeries series = SyntheticSeries.Generate();
double naive = series.Validation.MeanSquaredError(series.Validation.NaiveForecasts());
Console.WriteLine($"naive forecast, validation MSE {naive:F6}");
return Math.Abs(naive - SyntheticSeries.NaiveValidationError) < 5e-7 ? 0 : 1;
