namespace GenRnn.Compiler.Scheduling.Loops;

/// <summary>Which axis of a step's values fills the lanes of a vector.</summary>
public enum LaneAxis
{
    /// <summary>Units: weights are streamed from panels, activations are broadcast.</summary>
    Units,

    /// <summary>Rows of the batch: activations are streamed, weights are broadcast. For narrow layers and many rows.</summary>
    Rows,
}
