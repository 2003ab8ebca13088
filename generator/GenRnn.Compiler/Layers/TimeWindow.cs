using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>What a step of an output sees of a sequence: taps, of a convolution or a pooling, with Keras' paddings.</summary>
/// <param name="Taps">How many steps it sees.</param>
/// <param name="Stride">Steps of the sequence from one step of the output to the next.</param>
/// <param name="Dilation">Steps from one tap to the next.</param>
/// <param name="Padding">What lies outside of the sequence: a member of the runtime's enum.</param>
internal readonly record struct TimeWindow(int Taps, int Stride, int Dilation, string Padding)
{
    /// <summary>Each tap is an operand of one kernel.</summary>
    public const int MaximumTaps = 256;

    /// <summary>Steps outside of a sequence are stored too.</summary>
    public const int MaximumReach = 1 << 16;

    /// <summary>Steps from the first tap to the last.</summary>
    public int Reach => (Taps - 1) * Dilation;

    /// <summary>How many steps behind its own a step of the output sees.</summary>
    public int LaterSteps => Padding == "Same" ? Reach - Reach / 2 : 0;

    /// <summary>Whether what it sees in front of a call's first step is what the call before left there.</summary>
    public bool IsCarried => Padding == "Causal" && Stride == 1 && Reach > 0;

    /// <summary>Why one of stride 1 cannot give its step when the input's step is there; null if it can.</summary>
    public string? StreamingObstacle =>
        LaterSteps > 0 ? LayerRules.Format("sees {0} later step{1}; Padding.Causal streams", LaterSteps, LaterSteps == 1 ? "" : "s")
        : Taps > 1 && Padding == "Valid" ? "needs a whole window; Padding.Causal streams"
        : null;

    /// <summary>Steps of the output for <paramref name="steps"/> of the sequence; 0 where no window fits.</summary>
    public int OutputSteps(int steps) => Padding == "Valid" ? steps <= Reach ? 0 : (steps - Reach - 1) / Stride + 1 : (steps - 1) / Stride + 1;

    /// <summary>Same pads both ends, the larger half behind.</summary>
    public int FrontPadding(int steps) => Padding switch
    {
        "Causal" => Reach,
        "Same" => Math.Max(0, (OutputSteps(steps) - 1) * Stride + Reach + 1 - steps) / 2,
        _ => 0,
    };

    /// <summary>How each tap, in order, reads a sequence of <paramref name="steps"/> steps.</summary>
    public IReadOnlyList<TimeAccess> Reads(int steps)
    {
        int first = -FrontPadding(steps), stride = Stride, dilation = Dilation;
        return Enumerable.Range(0, Taps).Select(j => TimeAccess.Shifted(first + j * dilation, stride)).ToList();
    }
}
