namespace GenRnn.Compiler.Findings;

/// <summary>Rules about how a model is trained.</summary>
public static partial class Rules
{
    /// <summary>Only one way of clipping gradients.</summary>
    public static readonly Rule SeveralClippings = new(
        "GEN0401", "GenRnn.Training", Severity.Error, Reporter.Analyzer, "Only one way of clipping gradients",
        "Only one of ClipNorm, GlobalClipNorm and ClipValue may be set; '{0}' is set already");

    /// <summary>Loss and last activation do not fit.</summary>
    public static readonly Rule LossAndActivation = new(
        "GEN0402", "GenRnn.Training", Severity.Warning, Reporter.Analyzer, "Loss and last activation do not fit",
        "'{0}' ends in {1}, which {2}; {3}");

    /// <summary>Shuffling breaks the states of a stateful model.</summary>
    public static readonly Rule ShuffledState = new(
        "GEN0403", "GenRnn.Training", Severity.Error, Reporter.Analyzer, "Shuffling breaks the states of a stateful model",
        "'{0}' is stateful: row i of a batch continues row i of the one before, which Shuffle = true would break; leave Shuffle unset");

    /// <summary>BatchSize does not fit the model's Batch.</summary>
    public static readonly Rule BatchSizeMismatch = new(
        "GEN0404", "GenRnn.Training", Severity.Error, Reporter.Analyzer, "BatchSize does not fit the model's Batch", "{0}");

    /// <summary>A data set that does not fit the model.</summary>
    public static readonly Rule UnfitDataSet = new(
        "GEN0405", "GenRnn.Training", Severity.Error, Reporter.Analyzer, "A data set that does not fit the model", "{0}");

    /// <summary>A penalty that Keras drops.</summary>
    public static readonly Rule DroppedPenalty = new(
        "GEN0406", "GenRnn.Training", Severity.Info, Reporter.Analyzer, "A penalty that Keras drops",
        "Keras 3.15 takes the activity penalty of {0} and drops it; Gen applies it, so losses and weights differ from Keras' from the first step on");
}
