namespace GenRnn.Benchmarks.Models;

/// <summary>Streaming: one feature a step, 8 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(8, ReturnSequences = true)]
[Dense(1)]
public partial class W8With8;

/// <summary>Streaming: one feature a step, 16 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(16, ReturnSequences = true)]
[Dense(1)]
public partial class W8With16;

/// <summary>Streaming: one feature a step, 20 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(20, ReturnSequences = true)]
[Dense(1)]
public partial class W8With20;

/// <summary>Streaming: one feature a step, 32 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(32, ReturnSequences = true)]
[Dense(1)]
public partial class W8With32;

/// <summary>Streaming: one feature a step, 64 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(64, ReturnSequences = true)]
[Dense(1)]
public partial class W8With64;

/// <summary>Streaming: one feature a step, 100 units, one output.</summary>
[Input(TimeSteps = 16, Features = 1, Batch = 1)]
[Lstm(100, ReturnSequences = true)]
[Dense(1)]
public partial class W8With100;
