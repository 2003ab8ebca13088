using System.Collections.Generic;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Reading;

/// <summary>One file of reference vectors; a record type for each kind of Goldens/README.md.</summary>
internal abstract record GoldenCase(string Name, string Kind, string Source);

/// <summary>Outputs and gradients of a whole Keras model. <see cref="GradX"/> is empty, or holds null, for integer inputs.</summary>
internal sealed record ModelGolden(
    string Name,
    string Source,
    JsonElement Config,
    Tensor[] Weights,
    Tensor[] X,
    Tensor[] Y,
    Tensor[] Upstream,
    Tensor[] GradWeights,
    Tensor?[] GradX) : GoldenCase(Name, "model", Source);

/// <summary>Three calls with the state carried on, then the first again after a reset.</summary>
internal sealed record StatefulGolden(
    string Name,
    string Source,
    JsonElement Config,
    Tensor[] Weights,
    Tensor[] X,
    Tensor[] Y,
    Tensor YAfterReset) : GoldenCase(Name, "stateful", Source);

/// <summary>A recurrent layer that starts from given states.</summary>
internal sealed record InitialStateGolden(
    string Name,
    string Source,
    string Class,
    JsonElement Layer,
    Tensor[] Weights,
    Tensor X,
    Tensor[] InitialState,
    Tensor[] Outputs,
    Tensor[] Upstream,
    Tensor[] GradWeights,
    Tensor GradX,
    Tensor[] GradState) : GoldenCase(Name, "initial_state", Source);

/// <summary>One step of a cell.</summary>
internal sealed record CellGolden(
    string Name,
    string Source,
    string Class,
    JsonElement Layer,
    Tensor[] Weights,
    Tensor X,
    Tensor[] State,
    Tensor Y,
    Tensor[] NewState) : GoldenCase(Name, "cell", Source);

/// <summary>Losses and final weights of some steps of full-batch training.</summary>
internal sealed record TrainingGolden(
    string Name,
    string Source,
    JsonElement Config,
    string OptimizerClass,
    JsonElement Optimizer,
    JsonElement Loss,
    Tensor X,
    Tensor YTrue,
    Tensor? SampleWeight,
    Tensor[] Weights,
    double[] Losses,
    Tensor[] FinalWeights) : GoldenCase(Name, "training", Source);

/// <summary>A whole <c>fit</c>: its arguments, the history and the final weights.</summary>
internal sealed record FitGolden(
    string Name,
    string Source,
    JsonElement Config,
    string OptimizerClass,
    JsonElement Optimizer,
    string[]? WithoutDecay,
    JsonElement Compile,
    JsonElement Fit,
    JsonElement Callbacks,
    Tensor X,
    Tensor YTrue,
    Tensor? SampleWeight,
    Tensor[] Weights,
    int[] Epochs,
    IReadOnlyDictionary<string, double[]> History,
    double[] LearningRates,
    long[] Iterations,
    int? StoppedEpoch,
    Tensor[] FinalWeights) : GoldenCase(Name, "fit", Source);

/// <summary>A case of a kind that is not known here, or whose data are of another form.</summary>
/// <param name="Missing">What is missing.</param>
internal sealed record OtherGolden(string Name, string Kind, string Source, string Missing) : GoldenCase(Name, Kind, Source);

/// <summary>A cell of TensorFlow 1 with its constructor's arguments; null where the cell does not have it.</summary>
internal sealed record Tf1Cell(
    string Class,
    int Units,
    string Activation,
    double? ForgetBias,
    bool UsePeepholes,
    double? CellClip,
    int? Projection,
    double? ProjectionClip)
{
    public int OutputWidth => Projection ?? Units;
}

/// <summary>dynamic_rnn or bidirectional_dynamic_rnn over cells of TensorFlow 1.</summary>
internal sealed record Tf1Golden(
    string Name,
    string Source,
    Tf1Cell[] Cells,
    bool IsBidirectional,
    bool IsTimeMajor,
    int[]? SequenceLength,
    Tensor[]? InitialState,
    Tensor[] Weights,
    Tensor X,
    Tensor[] Outputs,
    Tensor[] Upstream,
    Tensor[] GradWeights,
    Tensor GradX) : GoldenCase(Name, "tf1", Source);

/// <summary>nn.RNN, nn.LSTM or nn.GRU.</summary>
internal sealed record TorchGolden(
    string Name,
    string Source,
    string Class,
    int HiddenSize,
    int Layers,
    bool IsBidirectional,
    bool HasBias,
    bool IsBatchFirst,
    int ProjectionSize,
    string? Nonlinearity,
    int[]? Lengths,
    IReadOnlyDictionary<string, Tensor> StateDict,
    Tensor X,
    Tensor[] Outputs,
    Tensor[] Upstream,
    IReadOnlyDictionary<string, Tensor> GradStateDict,
    Tensor GradX) : GoldenCase(Name, "torch", Source);
