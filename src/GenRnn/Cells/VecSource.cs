using System;

namespace GenRnn;

/// <summary>What has gone into a vector of a cell; in the order of what wins where two meet.</summary>
internal enum VecSource
{
    /// <summary>Numbers and weights.</summary>
    Neutral,

    /// <summary>A state itself, in parts or gated.</summary>
    Carried,

    /// <summary>Something computed from states alone.</summary>
    States,

    /// <summary>An input.</summary>
    Input,
}

internal static class VecSources
{
    /// <summary>Of something computed from both.</summary>
    public static VecSource Join(VecSource a, VecSource b)
    {
        VecSource source = (VecSource)Math.Max((int)a, (int)b);
        return source == VecSource.Carried ? VecSource.States : source;
    }

    /// <summary>Of a product: a state times a gate is a state.</summary>
    public static VecSource Gate(VecSource a, VecSource b) => a == VecSource.Carried || b == VecSource.Carried ? VecSource.Carried : Join(a, b);
}
