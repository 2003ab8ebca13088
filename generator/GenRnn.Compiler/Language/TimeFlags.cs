using System.Collections.Generic;

namespace GenRnn.Compiler.Language;

/// <summary>Flags of every layer that runs a cell over time.</summary>
public static class TimeFlags
{
    /// <summary>Whether every step is returned rather than the last.</summary>
    public static Flag<bool> ReturnSequences { get; } = Flag.Boolean("ReturnSequences", false);

    /// <summary>Whether the final states are outputs of the model.</summary>
    public static Flag<bool> ReturnState { get; } = Flag.Boolean("ReturnState", false) with { Effect = FlagEffect.Running };

    /// <summary>Whether the sequence is read from its last step to its first.</summary>
    public static Flag<bool> GoBackwards { get; } = Flag.Boolean("GoBackwards", false);

    /// <summary>Whether training carries the state from batch to batch.</summary>
    public static Flag<bool> Stateful { get; } = Flag.Boolean("Stateful", false) with { Effect = FlagEffect.Running };

    /// <summary>Whether a masked step gives zero rather than the output of the step before.</summary>
    public static Flag<bool> ZeroOutputForMask { get; } = Flag.Boolean("ZeroOutputForMask", false);

    /// <summary>How far the time loop is written out: 0 as the compiler likes, -1 whole, else a factor.</summary>
    public static Flag<int> Unroll { get; } = Flag.Integer("Unroll", 0) with { Effect = FlagEffect.Running };

    /// <summary>All of them, and those that every layer has.</summary>
    public static IReadOnlyList<FlagDefinition> All { get; } = new FlagDefinition[]
    {
        ReturnSequences, ReturnState, GoBackwards, Stateful, ZeroOutputForMask, Unroll, ItemFlags.Trainable, ItemFlags.Name,
    };
}
