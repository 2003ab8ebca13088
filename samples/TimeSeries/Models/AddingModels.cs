using GenRnn;

namespace TimeSeries.Models;

// The same network for the adding problem with three kinds of memory.

/// <summary>Without gates.</summary>
[Input(TimeSteps = 100, Features = 2, Batch = 32)]
[SimpleRnn(32)]
[Dense(1)]
public partial class AddingSimpleRnn;

/// <summary>With an LSTM's.</summary>
[Input(TimeSteps = 100, Features = 2, Batch = 32)]
[Lstm(32)]
[Dense(1)]
public partial class AddingLstm;

/// <summary>With a GRU's.</summary>
[Input(TimeSteps = 100, Features = 2, Batch = 32)]
[Gru(32)]
[Dense(1)]
public partial class AddingGru;
