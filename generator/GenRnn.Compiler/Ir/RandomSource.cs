
namespace GenRnn.Compiler.Ir;

/// <summary>What a <see cref="OpCode.Random"/> draws.</summary>
public enum RandomKind
{
    /// <summary>The factor of dropout: 0 with the probability of the rate, else 1 / (1 - rate). In inference mode 1.</summary>
    Keep,

    /// <summary>Normal noise around 0 with a standard deviation. In inference mode -0, which changes no bit of what it is added to.</summary>
    Normal,
}

/// <summary>
/// Where the numbers of a <see cref="OpCode.Random"/> come from: a pure function of the workspace's seed and training call, of layer and
/// mask, and of row, step and lane. No schedule can change them.
/// </summary>
/// <param name="Kind">How they are distributed.</param>
/// <param name="Number">The rate, above 0 and up to 1, or the standard deviation.</param>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Mask">Index among the layer's.</param>
/// <param name="IsSharedByRows">Whether all rows of the batch get those of row 0.</param>
public sealed record RandomSource(RandomKind Kind, double Number, int Layer, int Mask, bool IsSharedByRows)
{
    /// <summary>Values of <see cref="RandomKind.Keep"/> whose 32 random bits, as a signed integer, are at most this are dropped.</summary>
    public int Dropped => (int)(System.Math.Max(1, (long)System.Math.Floor(Number * 4294967296.0 + 0.5)) - 1 + int.MinValue);

    /// <summary>What is kept is multiplied by this, so that the expected sum stays. Nothing is kept at a rate of 1.</summary>
    public double Scale => Number < 1 ? 1 / (1 - Number) : 0;

    /// <summary>What it is in inference mode.</summary>
    public double Neutral => Kind == RandomKind.Keep ? 1 : -0.0;
}
