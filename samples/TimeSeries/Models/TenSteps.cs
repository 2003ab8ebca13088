using GenRnn;

namespace TimeSeries.Models;

// The networks of the ten-step table: fifty values seen, ten forecast. All but the first two forecast at each step, so that each step has a loss.

/// <summary>A linear regression on the whole window.</summary>
[Input(Features = 50, Batch = 32)]
[Dense(10)]
public partial class LinearTenSteps;

/// <summary>Two recurrent layers; ten forecasts at the end.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20)]
[Dense(10)]
public partial class RnnAtTheEnd;

/// <summary>The same with a loss at each step.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(20, ReturnSequences = true)]
[SimpleRnn(20, ReturnSequences = true)]
[Dense(10)]
public partial class RnnAtEachStep;

/// <summary>The book's cell of its own: layer normalisation in front of tanh.</summary>
[Cell]
[SimpleRnnCell(20, Activation = Activation.Linear)]
[LayerNormalization]
[Activation(Activation.Tanh)]
public class NormalizedCell;

/// <summary>Two layers of normalised cells.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Rnn(typeof(NormalizedCell), ReturnSequences = true)]
[Rnn(typeof(NormalizedCell), ReturnSequences = true)]
[Dense(10)]
public partial class NormalizedRnn;

/// <summary>Two LSTMs.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Lstm(20, ReturnSequences = true)]
[Lstm(20, ReturnSequences = true)]
[Dense(10)]
public partial class DeepLstm;

/// <summary>Two GRUs.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Gru(20, ReturnSequences = true)]
[Gru(20, ReturnSequences = true)]
[Dense(10)]
public partial class DeepGru;

/// <summary>A convolution that halves the sequence, and two GRUs: 24 steps, of which step i has seen the values up to 2 i + 3.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Conv1D(20, 4, Strides = 2)]
[Gru(20, ReturnSequences = true)]
[Gru(20, ReturnSequences = true)]
[Dense(10)]
public partial class ConvolutionAndGru;

/// <summary>Causal convolutions that look back 1, 2, 4 and 8 steps, twice.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 2)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 4)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 8)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 2)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 4)]
[Conv1D(20, 2, Padding = Padding.Causal, Activation = Activation.Relu, DilationRate = 8)]
[Conv1D(10, 1)]
public partial class WaveNet;
