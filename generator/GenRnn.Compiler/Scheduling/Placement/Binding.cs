using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>A sequence that crosses the border of a plan, and where it is staged.</summary>
/// <param name="Sequence">Its steps and width.</param>
/// <param name="Site">Where it lies at slot 0.</param>
/// <param name="IsDirect">An input that kernels read element by element, or an output that they store by vectors, in the caller's own layout, without a copy where rows allow.</param>
public sealed record Binding(Sequence Sequence, Site Site, bool IsDirect)
{
    /// <summary>Whether a row of it is one run of elements.</summary>
    public bool IsOneVector => Sequence.Steps <= 1 && Site.Layout.LaneStride == 1;
}

/// <summary>A state that is carried from call to call.</summary>
/// <param name="Name">Name in the model's State.</param>
/// <param name="Width">Values of a row, in each slot.</param>
/// <param name="IsGiven">Whether it starts from a vector of the model instead of what the last call left.</param>
/// <param name="Initial">Where the first step reads it.</param>
/// <param name="Final">Where it lies after the last step; of a ring, which keeps the others, what this step leaves for its first slot.</param>
public sealed record CarriedState(string Name, int Width, bool IsGiven, SlotRange Initial, SlotRange Final);
