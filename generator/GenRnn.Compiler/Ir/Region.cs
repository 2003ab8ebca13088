using System.Collections.Generic;

namespace GenRnn.Compiler.Ir;

/// <summary>A value that a region reads at each step.</summary>
public sealed record RegionInput(Sequence Source, TimeAccess Access);

/// <summary>A value that a region writes at each step.</summary>
public sealed record RegionOutput(Value Value, Sequence Target, TimeAccess Access)
{
    /// <summary>Whether the target holds the value of a step, rather than a sum over steps and rows.</summary>
    public bool HoldsValue(Region region) => !Target.IsShared || region.IsShared;
}

/// <summary>A value carried from step to step.</summary>
public sealed class RegionState
{
    public RegionState(string name, int width, Sequence? initial)
    {
        Name = name;
        Width = width;
        Initial = initial;
    }

    public string Name { get; }

    public int Width { get; }

    /// <summary>The vector it starts from; null means zeros.</summary>
    public Sequence? Initial { get; set; }

    /// <summary>The value after the step; null only while the region is written.</summary>
    public Value? Next { get; set; }

    /// <summary>The vector that receives it after the last step, if anybody asked.</summary>
    public Sequence? Final { get; set; }

    /// <summary>Whether it is carried from call to call in a model's State: the state of a layer, not a gradient.</summary>
    public bool IsCarried { get; set; }
}

/// <summary>
/// A step graph and the loop around it. With states it is a scan, without it a map; over a vector it runs once.
/// </summary>
public sealed class Region
{
    public Region(string name, int layer, int steps)
    {
        Name = name;
        Layer = layer;
        Steps = steps;
    }

    public string Name { get; }

    /// <summary>Index of the layer that it came from.</summary>
    public int Layer { get; }

    /// <summary>Number of steps; 1 for a region over vectors.</summary>
    public int Steps { get; }

    /// <summary>The layer's equation, for the reader of the emitted code.</summary>
    public string Equation { get; set; } = "";

    public int Unroll { get; set; }

    /// <summary>Reads nothing but inputs that a gradient asks for: run only on demand.</summary>
    public bool IsOnDemand { get; set; }

    /// <summary>Computes what all rows have in common: runs once, on shared vectors and parameters.</summary>
    public bool IsShared { get; init; }

    /// <summary>A map whose steps are independent and run as the rows of one call.</summary>
    public bool TakesStepsAsRows { get; set; }

    public List<RegionInput> Inputs { get; } = new();

    public List<RegionState> States { get; } = new();

    public List<RegionOutput> Outputs { get; } = new();

    /// <summary>All values, operands before their users.</summary>
    public List<Value> Values { get; } = new();

    public bool IsScan => States.Count > 0;
}
