namespace GenRnn.Training.Tests.Checkpoints;

/// <summary>Noise, masks of dropout, moving statistics: all that draws or gathers on the way.</summary>
[Input(TimeSteps = 6, Features = 3, Batch = 32)]
[GaussianNoise(0.1)]
[Gru(7, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.1)]
[BatchNormalization]
[Gru(5)]
[Dropout(0.1)]
[Dense(1)]
public partial class NoisyModel;

/// <summary>The same weights with another rate of dropout inside of the first layer.</summary>
[Input(TimeSteps = 6, Features = 3, Batch = 32)]
[GaussianNoise(0.1)]
[Gru(7, ReturnSequences = true, Dropout = 0.25, RecurrentDropout = 0.1)]
[BatchNormalization]
[Gru(5)]
[Dropout(0.1)]
[Dense(1)]
public partial class OtherwiseNoisyModel;

/// <summary>The same weights with statistics that follow the batches faster.</summary>
[Input(TimeSteps = 6, Features = 3, Batch = 32)]
[GaussianNoise(0.1)]
[Gru(7, ReturnSequences = true, Dropout = 0.2, RecurrentDropout = 0.1)]
[BatchNormalization(Momentum = 0.9)]
[Gru(5)]
[Dropout(0.1)]
[Dense(1)]
public partial class QuickStatisticsModel;

/// <summary>A state that is carried from batch to batch, and rows that threads share.</summary>
[Input(TimeSteps = 4, Features = 2, Batch = 48)]
[Lstm(6, Stateful = true, Dropout = 0.1)]
[Dense(1)]
public partial class CarryingModel;
