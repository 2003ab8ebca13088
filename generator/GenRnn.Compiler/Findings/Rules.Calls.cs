namespace GenRnn.Compiler.Findings;

/// <summary>Rules about calls of a model.</summary>
public static partial class Rules
{
    /// <summary>A span of the wrong length.</summary>
    public static readonly Rule WrongLength = new(
        "GEN0601", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "A span of the wrong length", "{0}");

    /// <summary>The model cannot run step by step.</summary>
    public static readonly Rule StepWithoutStreaming = new(
        "GEN0602", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "The model cannot run step by step",
        "'{0}' has no Step, because {1}");

    /// <summary>A state or workspace of another model.</summary>
    public static readonly Rule ForeignState = new(
        "GEN0603", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "A state or workspace of another model",
        "This {0} belongs to '{1}'; '{2}' takes one of its own, from its Create{0}");

    /// <summary>One state or workspace used by several threads.</summary>
    public static readonly Rule SharedAcrossThreads = new(
        "GEN0604", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "One state or workspace used by several threads",
        "'{0}' is used by several threads at once: a {1} holds the numbers of one sequence at a time; create one for each thread");

    /// <summary>One state for two sequences.</summary>
    public static readonly Rule StateNotReset = new(
        "GEN0605", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "One state for two sequences",
        "'{0}' still holds the end of '{1}' when '{2}' starts; call {0}.Reset() in between, unless the second continues the first");

    /// <summary>Two arguments in each other's place.</summary>
    public static readonly Rule SwappedArguments = new(
        "GEN0606", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "Two arguments in each other's place",
        "'{0}' stands where '{1}' belongs, and '{2}' where '{3}' does: {4}");

    /// <summary>Data in the other layout.</summary>
    public static readonly Rule WrongLayout = new(
        "GEN0607", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "Data in the other layout", "{0}");

    /// <summary>An id outside the vocabulary.</summary>
    public static readonly Rule IdOutsideVocabulary = new(
        "GEN0608", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "An id outside the vocabulary",
        "{0} is no id of '{1}': its Embedding knows {2}, 0 to {3}");

    /// <summary>A real id that is masked.</summary>
    public static readonly Rule MaskedId = new(
        "GEN0609", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "A real id that is masked",
        "Step {0} of this row has id 0 between other ids, and '{1}' skips it: MaskZero = true says that 0 is no id. Count ids from 1, with an InputDim one larger, or remove MaskZero");

    /// <summary>A length that few numbers of rows fit.</summary>
    public static readonly Rule DoubtfulLength = new(
        "GEN0610", "GenRnn.Calls", Severity.Warning, Reporter.Analyzer, "A length that few numbers of rows fit", "{0}");

    /// <summary>A state of a number of rows that no pass runs.</summary>
    public static readonly Rule ImpossibleState = new(
        "GEN0611", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "A state of a number of rows that no pass runs",
        "A State of '{0}' has {1}; found {2}");

    /// <summary>A row longer than the input.</summary>
    public static readonly Rule WrongRowLength = new(
        "GEN0612", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "A row that is longer than the input, or empty",
        "Row {0} of this call of '{1}' has the length {2}; expected 1 to {3}, the time steps of the input");

    /// <summary>An option out of range.</summary>
    public static readonly Rule OptionOutOfRange = new(
        "GEN0613", "GenRnn.Calls", Severity.Error, Reporter.Analyzer, "An option out of range",
        "{0} is {1}; found {2}");
}
