namespace GenRnn.Compiler.Findings;

/// <summary>Rules about one flag.</summary>
public static partial class Rules
{
    /// <summary>Not an option of this attribute.</summary>
    public static readonly Rule UnknownFlag = new(
        "GEN0201", "GenRnn.Flags", Severity.Error, Reporter.Generator, "Not an option of this attribute",
        "'{0}' is not an option of {1}{2}") { StopsCompiler = true };

    /// <summary>Not a member of this enum.</summary>
    public static readonly Rule UnknownEnumMember = new(
        "GEN0202", "GenRnn.Flags", Severity.Error, Reporter.Generator, "Not a member of this enum",
        "'{0}' is not a member of {1}{2}") { StopsCompiler = true };

    /// <summary>An argument of the wrong type.</summary>
    public static readonly Rule WrongArgumentType = new(
        "GEN0203", "GenRnn.Flags", Severity.Error, Reporter.Generator, "An argument of the wrong type",
        "'{0}' of {1} takes {2}; found {3}{4}") { StopsCompiler = true };

    /// <summary>Units must be positive.</summary>
    public static readonly Rule UnitsNotPositive = new(
        "GEN0204", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "Units must be positive", "{0}");

    /// <summary>A value out of range.</summary>
    public static readonly Rule ValueOutOfRange = new(
        "GEN0205", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A value out of range", "{0}");

    /// <summary>A stateful layer needs a fixed batch size.</summary>
    public static readonly Rule StatefulWithoutBatch = new(
        "GEN0206", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A stateful layer needs a fixed batch size", "{0}");

    /// <summary>A non-saturating activation in a recurrent layer.</summary>
    public static readonly Rule NonSaturatingActivation = new(
        "GEN0207", "GenRnn.Flags", Severity.Warning, Reporter.Compiler, "A non-saturating activation in a recurrent layer", "{0}");

    /// <summary>A gate that does not stay between 0 and 1.</summary>
    public static readonly Rule UnboundedGate = new(
        "GEN0208", "GenRnn.Flags", Severity.Warning, Reporter.Compiler, "A gate that does not stay between 0 and 1", "{0}");

    /// <summary>A stateful layer that runs backwards.</summary>
    public static readonly Rule StatefulBackwards = new(
        "GEN0209", "GenRnn.Flags", Severity.Warning, Reporter.Analyzer, "A stateful layer that runs backwards",
        "A stateful {0} that goes backwards carries the state of a window's first step into the last step of the next window, so windows do not chain; drop Stateful or GoBackwards");

    /// <summary>A returned sequence runs backwards.</summary>
    public static readonly Rule ReversedSequence = new(
        "GEN0210", "GenRnn.Flags", Severity.Warning, Reporter.Analyzer, "A returned sequence runs backwards",
        "{0} goes backwards and returns its sequence in that order: its first output belongs to the last time step; drop ReturnSequences or GoBackwards");

    /// <summary>Keras 2 and Keras 3 define hard_sigmoid differently.</summary>
    public static readonly Rule HardSigmoidDefinition = new(
        "GEN0211", "GenRnn.Flags", Severity.Info, Reporter.Analyzer, "Keras 2 and Keras 3 define hard_sigmoid differently",
        "HardSigmoid is Keras 3's, clip(x/6 + 1/2, 0, 1); Keras 2 computes clip(x/5 + 1/2, 0, 1), so weights of a Keras 2 model give other outputs") { IsEnabled = false };

    /// <summary>ZeroOutputForMask without a mask.</summary>
    public static readonly Rule ZeroOutputWithoutMask = new(
        "GEN0212", "GenRnn.Flags", Severity.Warning, Reporter.Compiler, "ZeroOutputForMask without a mask", "{0}");

    /// <summary>A rate of dropout outside 0 to 1.</summary>
    public static readonly Rule DropoutOutOfRange = new(
        "GEN0213", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A rate of dropout outside 0 to 1", "{0}");

    /// <summary>A rate of dropout of 1.</summary>
    public static readonly Rule DropoutOfEverything = new(
        "GEN0214", "GenRnn.Flags", Severity.Warning, Reporter.Compiler, "A rate of dropout of 1", "{0}");

    /// <summary>A share that dropout keeps, out of range.</summary>
    public static readonly Rule KeepOutOfRange = new(
        "GEN0215", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A share that dropout keeps, outside 0 to 1", "{0}");

    /// <summary>A weight that the layer does not have.</summary>
    public static readonly Rule UnknownWeight = new(
        "GEN0216", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A weight that the layer does not have", "{0}");

    /// <summary>What is said without an effect.</summary>
    public static readonly Rule ChangesNothing = new(
        "GEN0217", "GenRnn.Flags", Severity.Warning, Reporter.Compiler, "An option that changes nothing", "{0}");

    /// <summary>An initialiser that cannot fill its weight.</summary>
    public static readonly Rule UnfitInitializer = new(
        "GEN0218", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "An initialiser that cannot fill its weight", "{0}");

    /// <summary>A regulariser or constraint that does not fit its weight.</summary>
    public static readonly Rule UnfitModifierOfWeight = new(
        "GEN0219", "GenRnn.Flags", Severity.Error, Reporter.Compiler, "A regulariser or constraint that does not fit its weight", "{0}");
}
