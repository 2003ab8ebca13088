namespace GenRnn.Benchmarks.Models;

/// <summary>Streaming: WaveNet's stack of ten causal convolutions with dilations that double, which reaches back over 1023 steps. One pass is longer than that.</summary>
[Input(TimeSteps = 1100, Features = 1, Batch = 1)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 2)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 4)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 8)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 16)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 32)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 64)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 128)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 256)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 512)]
[Dense(1)]
public partial class W10With512;

/// <summary>The same stack with dilation 1 everywhere: the same products, ten steps of reach.</summary>
[Input(TimeSteps = 1100, Features = 1, Batch = 1)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(16, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Dense(1)]
public partial class W10With1;
