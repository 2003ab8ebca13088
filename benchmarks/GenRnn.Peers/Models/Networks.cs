namespace GenRnn.Peers.Models;

// W11 to W15, and what training is timed on. The peers' twins stand in Torch/ and Onnx/.

/// <summary>Géron's network for one step ahead.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20)]
[Dense(1)]
public partial class Geron;

/// <summary>One wide LSTM layer over long sequences.</summary>
[Input(TimeSteps = 100, Features = 32, Batch = 64)]
[Lstm(128, ReturnSequences = true)]
public partial class W9;

/// <summary>The network that public repositories hold most often.</summary>
[Input(TimeSteps = 60, Features = 1, Batch = 32)]
[Lstm(50, ReturnSequences = true)]
[Lstm(50)]
[Dense(25)]
[Dense(1)]
public partial class W11;

/// <summary>A character model.</summary>
[Input(TimeSteps = 100, Batch = 64)]
[Embedding(80, 64)]
[Lstm(128, ReturnSequences = true)]
[Dense(80, Activation = Activation.Softmax)]
public partial class W12;

/// <summary>Both directions.</summary>
[Input(TimeSteps = 60, Features = 16, Batch = 32)]
[Bidirectional]
[Lstm(64, ReturnSequences = true)]
public partial class W13;

/// <summary>A layer that no cache holds.</summary>
[Input(TimeSteps = 100, Features = 64, Batch = 32)]
[Lstm(512, ReturnSequences = true)]
public partial class W14;

/// <summary>A chain of dilated causal convolutions.</summary>
[Input(TimeSteps = 1024, Features = 1, Batch = 4)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 2)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 4)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 8)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 16)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 32)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 64)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 128)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 256)]
[Conv1D(32, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 512)]
[Dense(1)]
public partial class W15;

/// <summary>One of a thousand small models.</summary>
[Input(TimeSteps = 24, Features = 1, Batch = 32)]
[Gru(8)]
[Dense(1)]
public partial class Small;
