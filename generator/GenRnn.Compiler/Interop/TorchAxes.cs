namespace GenRnn.Compiler.Interop;

/// <summary>What stands in the axis that a module works on: PyTorch's convolutions have the channels in front of the steps.</summary>
internal enum TorchAxes
{
    /// <summary>It works on elements, or either way.</summary>
    Any,

    /// <summary><c>[rows, steps, features]</c>.</summary>
    Features,

    /// <summary><c>[rows, channels, steps]</c>.</summary>
    Channels,
}
