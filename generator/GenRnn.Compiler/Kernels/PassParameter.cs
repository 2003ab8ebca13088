namespace GenRnn.Compiler.Kernels;

/// <summary>What a parameter of a pass is.</summary>
public enum PassParameterKind
{
    /// <summary>An input of the caller.</summary>
    Input,

    /// <summary>An output of the caller.</summary>
    Output,

    /// <summary>The gradient of an output.</summary>
    OutputGradient,

    /// <summary>Where the gradient of an input goes; may be empty.</summary>
    InputGradient,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>What is carried from call to call; may be none.</summary>
    State,

    /// <summary>Steps since the rings of a State stood at their first slots.</summary>
    Step,

    /// <summary>The arena.</summary>
    Memory,

    /// <summary>Weights in the order of the kernels.</summary>
    Panels,

    /// <summary>Arena and gradients of a training pass.</summary>
    Workspace,

    /// <summary>All parameters, dense.</summary>
    Parameters,

    /// <summary>The same, to be read.</summary>
    DenseWeights,

    /// <summary>The memory of the weights in the order of the kernels, to be written.</summary>
    PackedWeights,
}

/// <summary>A parameter of a pass.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in statements.</param>
/// <param name="Item">Which input or output of the model it is.</param>
public sealed record PassParameter(PassParameterKind Kind, string Name, int Item = 0);
