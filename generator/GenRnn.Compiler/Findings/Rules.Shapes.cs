namespace GenRnn.Compiler.Findings;

/// <summary>Rules about layers that do not fit each other.</summary>
public static partial class Rules
{
    /// <summary>A recurrent layer needs a sequence.</summary>
    public static readonly Rule LastStepOnly = new(
        "GEN0301", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "A recurrent layer needs a sequence", "{0}");

    /// <summary>The shape of an input.</summary>
    public static readonly Rule InvalidInput = new(
        "GEN0302", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "The shape of an input", "{0}");

    /// <summary>Initial states do not match the layer.</summary>
    public static readonly Rule InitialStateMismatch = new(
        "GEN0303", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "Initial states do not match the layer", "{0}");

    /// <summary>A softmax over one value.</summary>
    public static readonly Rule SoftmaxOfOneValue = new(
        "GEN0304", "GenRnn.Shapes", Severity.Warning, Reporter.Analyzer, "A softmax over one value",
        "{0} over 1 value is always {1}, whatever the weights; use Sigmoid, or a wider layer");

    /// <summary>Shape and size of a layer.</summary>
    public static readonly Rule LayerShape = new(
        "GEN0305", "GenRnn.Shapes", Severity.Info, Reporter.Analyzer, "Shape and size of a layer",
        "{0}: output {1}, {2} parameters, {3} multiply-adds a row") { IsEnabled = false };

    /// <summary>A layer does not fit what stands before it.</summary>
    public static readonly Rule UnfitInput = new(
        "GEN0306", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "A layer does not fit what stands before it", "{0}");

    /// <summary>A wrapper does not fit its layer.</summary>
    public static readonly Rule UnfitWrapper = new(
        "GEN0307", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "A wrapper does not fit its layer", "{0}");

    /// <summary>A mask is lost.</summary>
    public static readonly Rule LostMask = new(
        "GEN0308", "GenRnn.Shapes", Severity.Warning, Reporter.Compiler, "A mask is lost", "{0}");

    /// <summary>Initial states in each other's place.</summary>
    public static readonly Rule SwappedInitialStates = new(
        "GEN0310", "GenRnn.Shapes", Severity.Warning, Reporter.Analyzer, "Initial states in each other's place",
        "The states of {0} are h, then c, in Keras' order; '{1}' becomes its h and '{2}' its c: exchange the two (TensorFlow 1's LSTMStateTuple is (c, h))");

    /// <summary>TimeDistributed changes nothing here.</summary>
    public static readonly Rule RedundantTimeDistributed = new(
        "GEN0311", "GenRnn.Shapes", Severity.Info, Reporter.Analyzer, "TimeDistributed changes nothing here",
        "{0} works on every step by itself: [TimeDistributed] only gives its variables the paths that they have in Keras' files") { IsEnabled = false };

    /// <summary>A layer sees the step that is to be predicted.</summary>
    public static readonly Rule LookAhead = new(
        "GEN0312", "GenRnn.Shapes", Severity.Warning, Reporter.Analyzer, "A layer sees the step that is to be predicted",
        "{0} {1}, but {2}; {3}");

    /// <summary>The layers of both directions do not fit.</summary>
    public static readonly Rule UnfitHalves = new(
        "GEN0313", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "The layers of both directions do not fit", "{0}");

    /// <summary>Nothing reads a layer or an input.</summary>
    public static readonly Rule Unread = new(
        "GEN0314", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "Nothing reads a layer or an input", "{0}");

    /// <summary>What a layer is said to read.</summary>
    public static readonly Rule UnknownOperand = new(
        "GEN0315", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "What a layer reads is not clear", "{0}");

    /// <summary>Shapes of operands.</summary>
    public static readonly Rule UnfitOperands = new(
        "GEN0316", "GenRnn.Shapes", Severity.Error, Reporter.Compiler, "What a layer merges does not fit", "{0}");
}
