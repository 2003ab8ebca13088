using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>What a compiled model is: written by the generator as a constant, read by trainer, files and summary.</summary>
public sealed record ModelInfo
{
    /// <summary>The class name.</summary>
    public required string Name { get; init; }

    /// <summary>Rows of one compiled pass.</summary>
    public required int Batch { get; init; }

    /// <summary>Batch-major or time-major.</summary>
    public required DataLayout Layout { get; init; }

    /// <summary>Element type; <see cref="Precision.Single"/> unless said.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>Whether <c>Fit</c> carries one state from batch to batch.</summary>
    public bool IsStateful { get; init; }

    /// <summary>Hash of <see cref="Architecture"/>, behind the number of the rules that made it. A weight file of another architecture is refused.</summary>
    public required string ArchitectureHash { get; init; }

    /// <summary>The hash by the first rules, whose files are loaded still; empty for none.</summary>
    public string FormerArchitectureHash { get; init; } = "";

    /// <summary>The declaration as it runs in inference, a line for each item: what a weight file must agree with, and what a refusal tells the difference by.</summary>
    public IReadOnlyList<string> Architecture { get; init; } = [];

    /// <summary>What the declaration says of training alone, a line for each layer that says something: dropout, noise, penalties, constraints, what is not trained. Weight files go without it;
    /// a checkpoint of a training must agree with it.</summary>
    public IReadOnlyList<string> TrainingRules { get; init; } = [];

    /// <summary>Inputs, in order of declaration; the lengths of an input's rows stand behind it.</summary>
    public required IReadOnlyList<TensorInfo> Inputs { get; init; }

    /// <summary>Outputs: the last layer's first, then states that were asked for.</summary>
    public required IReadOnlyList<TensorInfo> Outputs { get; init; }

    /// <summary>Whether steps of the first output may be masked: a loss then leaves them out.</summary>
    public bool HasOutputMask { get; init; }

    /// <summary>Whether a layer has a penalty on what it gives: see <see cref="ModelWorkspace{T}.ActivityPenalty"/>.</summary>
    public bool HasActivityPenalty { get; init; }

    /// <summary>Whether rows of a batch depend on each other in training (statistics of the batch): threads then split the parameter gradients, but not the rows.</summary>
    public bool MixesRows { get; init; }

    /// <summary>Layers, in order of declaration.</summary>
    public required IReadOnlyList<LayerInfo> Layers { get; init; }

    /// <summary>Variables, in the order of Keras' <c>get_weights()</c>.</summary>
    public required IReadOnlyList<VariableInfo> Variables { get; init; }

    /// <summary>Number of parameters, non-trainable ones included.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Bytes of one workspace: arena and gradients.</summary>
    public long WorkspaceBytes { get; init; }

    /// <summary>Multiply-adds of one row's forward pass.</summary>
    public long MultiplyAddsPerRow { get; init; }

    /// <summary>Values of all inputs for one row, lengths included: what a row takes in a packed buffer.</summary>
    /// <exception cref="OverflowException">They are more than a span can hold: such a model is not compiled.</exception>
    public int InputLength => LengthOf(Inputs);

    /// <summary>Values of all outputs for one row.</summary>
    /// <exception cref="OverflowException">They are more than a span can hold: such a model is not compiled.</exception>
    public int OutputLength => LengthOf(Outputs);

    private static int LengthOf(IReadOnlyList<TensorInfo> tensors)
    {
        int length = 0;
        foreach (TensorInfo tensor in tensors)
            length = checked(length + tensor.Length);
        return length;
    }
}

/// <summary>One input or output of a model.</summary>
public sealed record TensorInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of time steps; 0, unless set, for a vector.</summary>
    public int TimeSteps { get; init; }

    /// <summary>Values per time step (or of the vector).</summary>
    public required int Features { get; init; }

    /// <summary>Whether it is the number of time steps of each row of the input before it.</summary>
    public bool IsLengths { get; init; }

    /// <summary>If it takes ids: they are below this; 0 for plain numbers.</summary>
    public int Vocabulary { get; init; }

    /// <summary>
    /// Of the first output: the sigmoid or softmax that the last layer ends in, if a forward pass hands out what the function is given (<see cref="ModelWorkspace{T}.Logits"/>). <see cref="Activation.Linear"/> for
    /// any other: nothing but the output is known.
    /// </summary>
    public Activation Activation { get; init; }

    /// <summary>Values per row.</summary>
    /// <exception cref="OverflowException">They are more than a span can hold.</exception>
    public int Length => checked(Math.Max(1, TimeSteps) * Features);
}

/// <summary>One layer of a model.</summary>
public sealed record LayerInfo
{
    /// <summary>Keras' name: <c>simple_rnn</c>, <c>simple_rnn_1</c>, or the declared one.</summary>
    public required string Name { get; init; }

    /// <summary>Keras' class name: <c>SimpleRNN</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Output shape with the batch first, as Keras prints it: <c>(None, 50, 20)</c>.</summary>
    public required string OutputShape { get; init; }

    /// <summary>Parameters of the layer.</summary>
    public int ParameterCount { get; init; }

    /// <summary>Multiply-adds of one row's forward pass.</summary>
    public long MultiplyAddsPerRow { get; init; }
}

/// <summary>One variable of a model.</summary>
public sealed record VariableInfo
{
    /// <summary>Keras' path, the key in weight files: <c>simple_rnn/simple_rnn_cell/kernel</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Keras' shape.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Offset in <see cref="IModel{T}.Parameters"/>.</summary>
    public required int Offset { get; init; }

    /// <summary>Whether the optimiser updates it: yes, unless set.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>How it starts: as zeros, unless set.</summary>
    public InitializerInfo Initializer { get; init; } = InitializerInfo.Zeros;

    /// <summary>The penalty on it that is part of the loss; null for none.</summary>
    public RegularizerInfo? Regularizer { get; init; }

    /// <summary>What it is brought back to after every update; null if it is left alone.</summary>
    public ConstraintInfo? Constraint { get; init; }

    /// <summary>Number of values.</summary>
    /// <exception cref="OverflowException">They are more than a span can hold.</exception>
    public int Length
    {
        get { int n = 1; foreach (int d in Shape) n = checked(n * d); return n; }
    }

    /// <summary>Path and shape: <c>simple_rnn/simple_rnn_cell/kernel [1, 20]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Path} [{string.Join(", ", Shape)}]");
}

/// <summary>A penalty on a variable: L1 sum |w| + L2 sum w^2 + Orthogonal mean |cosine| of the angles between rows or columns.</summary>
public sealed record RegularizerInfo
{
    /// <summary>Factor of the sum of |w|; 0 unless set.</summary>
    public double L1 { get; init; }

    /// <summary>Factor of the sum of w^2; 0 unless set.</summary>
    public double L2 { get; init; }

    /// <summary>Factor of the mean over all pairs; 0 unless set.</summary>
    public double Orthogonal { get; init; }

    /// <summary>What the pairs are of: rows, unless set.</summary>
    public OrthogonalMode Mode { get; init; } = OrthogonalMode.Rows;
}

/// <summary>A constraint with its arguments; what is not used by <see cref="Kind"/> is ignored.</summary>
public sealed record ConstraintInfo
{
    /// <summary>Which constraint.</summary>
    public required ConstraintKind Kind { get; init; }

    /// <summary>The least norm; 0 unless set.</summary>
    public double Min { get; init; }

    /// <summary>The largest norm; 1 unless set.</summary>
    public double Max { get; init; } = 1;

    /// <summary>How far the norm goes towards its bounds at once; 1, all the way, unless set.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The adjacent axes along which norms are taken, ascending: axis 0 unless said.</summary>
    public IReadOnlyList<int> Axes { get; init; } = [0];
}

/// <summary>An initialiser with its arguments; what is not used by <see cref="Kind"/> is ignored. Defaults are Keras'.</summary>
public sealed record InitializerInfo
{
    internal static InitializerInfo Zeros { get; } = new() { Kind = Initializer.Zeros };

    /// <summary>Which initialiser.</summary>
    public required Initializer Kind { get; init; }

    /// <summary>Orthogonal and identity: the gain.</summary>
    public double Gain { get; init; } = 1.0;

    /// <summary>Constant: the value.</summary>
    public double Value { get; init; }

    /// <summary>Random and truncated normal: the mean.</summary>
    public double Mean { get; init; }

    /// <summary>Random and truncated normal: the standard deviation.</summary>
    public double StandardDeviation { get; init; } = 0.05;

    /// <summary>Random uniform: the lower bound.</summary>
    public double Minimum { get; init; } = -0.05;

    /// <summary>Random uniform: the upper bound.</summary>
    public double Maximum { get; init; } = 0.05;

    /// <summary>Variance scaling: the scale.</summary>
    public double Scale { get; init; } = 1.0;

    /// <summary>Variance scaling: which fan.</summary>
    public FanMode Mode { get; init; } = FanMode.FanIn;

    /// <summary>Variance scaling: uniform rather than truncated normal.</summary>
    public bool IsUniform { get; init; }

    /// <summary>First element of a block that starts as ones instead: Keras' <c>unit_forget_bias</c>.</summary>
    public int OnesStart { get; init; }

    /// <summary>Length of that block; 0 for none.</summary>
    public int OnesLength { get; init; }
}
