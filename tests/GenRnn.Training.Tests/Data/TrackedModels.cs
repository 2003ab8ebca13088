namespace GenRnn.Training.Tests;

/// <summary>A generated model that goes on where it was: windows of 5 steps on two tracks.</summary>
[Input(TimeSteps = 5, Features = 1, Batch = 2)]
[Gru(6, ReturnSequences = true, Stateful = true)]
[Lstm(5, ReturnSequences = true, Stateful = true)]
[Dense(1)]
public partial class TrackedModel;

/// <summary>The same, which sees 30 steps at once.</summary>
[Input(TimeSteps = 30, Features = 1, Batch = 2)]
[Gru(6, ReturnSequences = true)]
[Lstm(5, ReturnSequences = true)]
[Dense(1)]
public partial class WholeModel;
