using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of a model declaration: one table for the generator, the analyzers and their help pages.
/// </summary>
/// <remarks>
/// Rules of the compiler know no Roslyn and bring their whole sentence along, so their format is <c>{0}</c>.
/// </remarks>
public static class DiagnosticTable
{
    /// <summary>Where the help pages stand, relative to the root of the package and of the repository; see <see cref="HelpPages"/>.</summary>
    public const string HelpLinkBase = "docs/diagnostics/";

    /// <summary>Key of <see cref="Diagnostic.Properties"/> under which a code fix finds what to write instead.</summary>
    public const string SuggestionProperty = "Suggestion";

    private const string Declaration = "GenRnn.Declaration";
    private const string Flags = "GenRnn.Flags";
    private const string Shapes = "GenRnn.Shapes";
    private const string Training = "GenRnn.Training";
    private const string Budgets = "GenRnn.Budgets";
    private const string Calls = "GenRnn.Calls";
    private const string Cells = "GenRnn.Cells";

    /// <summary>A broken model must not compile, whatever a user's configuration says about other rules.</summary>
    public static readonly DiagnosticDescriptor NotGenerated = Fatal(
        "GEN0001", "The model was not generated", "'{0}' was not generated: {1}");

    /// <summary>An exception inside the compiler.</summary>
    public static readonly DiagnosticDescriptor InternalError = Fatal(
        "GEN0002", "Internal error of Gen", "Gen failed while it compiled '{0}' ({1}); this is a bug of Gen, please report it");

    /// <summary>A model class must be partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "GEN0101", Declaration, "A model class must be partial", "'{0}' must be partial, because Gen writes its second part");

    /// <summary>A model starts with [Input].</summary>
    public static readonly DiagnosticDescriptor NoInput = Error(
        "GEN0102", Declaration, "A model starts with [Input]", "{0}");

    /// <summary>The layers of a model stand on one declaration.</summary>
    public static readonly DiagnosticDescriptor SpreadAttributes = Error(
        "GEN0103", Declaration, "The layers of a model stand on one declaration",
        "The attributes of '{0}' are spread over several partial declarations, which have no order among them; write all of them on one");

    /// <summary>The class cannot be extended by Gen.</summary>
    public static readonly DiagnosticDescriptor NotExtensible = Error(
        "GEN0104", Declaration, "The class cannot be extended by Gen", "Gen cannot extend '{0}', because {1}; {2}");

    /// <summary>A modifier needs a layer after it.</summary>
    public static readonly DiagnosticDescriptor ModifierWithoutLayer = Error(
        "GEN0105", Declaration, "A modifier needs a layer after it", "'{0}' modifies the layer after it, but {1}");

    /// <summary>A Name must be an identifier of its own.</summary>
    public static readonly DiagnosticDescriptor InvalidName = Error(
        "GEN0106", Declaration, "A Name must be an identifier of its own", "The Name '{0}' of {1} {2}");

    /// <summary>Only one input may go unnamed.</summary>
    public static readonly DiagnosticDescriptor UnnamedInputs = Error(
        "GEN0107", Declaration, "Only one input may go unnamed",
        "'{0}' has more than one input without a Name; name all but one, because the parameters of Predict are called after them");

    /// <summary>A member clashes with a generated one.</summary>
    public static readonly DiagnosticDescriptor MemberClash = Error(
        "GEN0108", Declaration, "A member clashes with a generated one", "{0}");

    /// <summary>Not a layer of Gen.</summary>
    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "GEN0109", Declaration, "Not a layer of Gen", "'{0}' is neither a layer nor a modifier of Gen{1}");

    /// <summary>Another class hides an attribute of Gen.</summary>
    public static readonly DiagnosticDescriptor HiddenAttribute = Error(
        "GEN0110", Declaration, "Another class hides an attribute of Gen", "'{0}' is '{1}' here, which hides the attribute of Gen; write 'GenRnn.{2}', or rename that class");

    /// <summary>A base class that does not fit a model.</summary>
    public static readonly DiagnosticDescriptor UnfitBase = Error(
        "GEN0111", Declaration, "A base class that does not fit a model", "{0}");

    /// <summary>Not an option of this attribute.</summary>
    public static readonly DiagnosticDescriptor UnknownFlag = Error(
        "GEN0201", Flags, "Not an option of this attribute", "'{0}' is not an option of {1}{2}");

    /// <summary>Not a member of this enum.</summary>
    public static readonly DiagnosticDescriptor UnknownEnumMember = Error(
        "GEN0202", Flags, "Not a member of this enum", "'{0}' is not a member of {1}{2}");

    /// <summary>An argument of the wrong type.</summary>
    public static readonly DiagnosticDescriptor WrongArgumentType = Error(
        "GEN0203", Flags, "An argument of the wrong type", "'{0}' of {1} takes {2}; found {3}{4}");

    /// <summary>Units must be positive.</summary>
    public static readonly DiagnosticDescriptor UnitsNotPositive = Error(
        "GEN0204", Flags, "Units must be positive", "{0}");

    /// <summary>A value out of range.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = Error(
        "GEN0205", Flags, "A value out of range", "{0}");

    /// <summary>A stateful layer needs a fixed batch size.</summary>
    public static readonly DiagnosticDescriptor StatefulWithoutBatch = Error(
        "GEN0206", Flags, "A stateful layer needs a fixed batch size", "{0}");

    /// <summary>A non-saturating activation in a recurrent layer.</summary>
    public static readonly DiagnosticDescriptor NonSaturatingActivation = Warning(
        "GEN0207", Flags, "A non-saturating activation in a recurrent layer", "{0}");

    /// <summary>A gate that does not stay between 0 and 1.</summary>
    public static readonly DiagnosticDescriptor UnboundedGate = Warning(
        "GEN0208", Flags, "A gate that does not stay between 0 and 1", "{0}");

    /// <summary>A stateful layer that runs backwards.</summary>
    public static readonly DiagnosticDescriptor StatefulBackwards = Warning(
        "GEN0209", Flags, "A stateful layer that runs backwards",
        "A stateful {0} that goes backwards carries the state of a window's first step into the last step of the next window, so windows do not chain; drop Stateful or GoBackwards");

    /// <summary>A returned sequence runs backwards.</summary>
    public static readonly DiagnosticDescriptor ReversedSequence = Warning(
        "GEN0210", Flags, "A returned sequence runs backwards",
        "{0} goes backwards and returns its sequence in that order: its first output belongs to the last time step; drop ReturnSequences or GoBackwards");

    /// <summary>Keras 2 and Keras 3 define hard_sigmoid differently.</summary>
    public static readonly DiagnosticDescriptor HardSigmoidDefinition = Info(
        "GEN0211", Flags, "Keras 2 and Keras 3 define hard_sigmoid differently",
        "HardSigmoid is Keras 3's, clip(x/6 + 1/2, 0, 1); Keras 2 computes clip(x/5 + 1/2, 0, 1), so weights of a Keras 2 model give other outputs",
        isEnabled: false);

    /// <summary>ZeroOutputForMask without a mask.</summary>
    public static readonly DiagnosticDescriptor ZeroOutputWithoutMask = Warning(
        "GEN0212", Flags, "ZeroOutputForMask without a mask", "{0}");

    /// <summary>A rate of dropout outside 0 to 1.</summary>
    public static readonly DiagnosticDescriptor DropoutOutOfRange = Error(
        "GEN0213", Flags, "A rate of dropout outside 0 to 1", "{0}");

    /// <summary>A rate of dropout of 1.</summary>
    public static readonly DiagnosticDescriptor DropoutOfEverything = Warning(
        "GEN0214", Flags, "A rate of dropout of 1", "{0}");

    /// <summary>A share that dropout keeps, out of range.</summary>
    public static readonly DiagnosticDescriptor KeepOutOfRange = Error(
        "GEN0215", Flags, "A share that dropout keeps, outside 0 to 1", "{0}");

    /// <summary>A weight that the layer does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownWeight = Error(
        "GEN0216", Flags, "A weight that the layer does not have", "{0}");

    /// <summary>What is said without an effect.</summary>
    public static readonly DiagnosticDescriptor ChangesNothing = Warning(
        "GEN0217", Flags, "An option that changes nothing", "{0}");

    /// <summary>An initialiser that cannot fill its weight.</summary>
    public static readonly DiagnosticDescriptor UnfitInitializer = Error(
        "GEN0218", Flags, "An initialiser that cannot fill its weight", "{0}");

    /// <summary>A recurrent layer needs a sequence.</summary>
    public static readonly DiagnosticDescriptor LastStepOnly = Error(
        "GEN0301", Shapes, "A recurrent layer needs a sequence", "{0}");

    /// <summary>The shape of an input.</summary>
    public static readonly DiagnosticDescriptor InvalidInput = Error(
        "GEN0302", Shapes, "The shape of an input", "{0}");

    /// <summary>Initial states do not match the layer.</summary>
    public static readonly DiagnosticDescriptor InitialStateMismatch = Error(
        "GEN0303", Shapes, "Initial states do not match the layer", "{0}");

    /// <summary>A softmax over one value.</summary>
    public static readonly DiagnosticDescriptor SoftmaxOfOneValue = Warning(
        "GEN0304", Shapes, "A softmax over one value", "{0} over 1 value is always {1}, whatever the weights; use Sigmoid, or a wider layer");

    /// <summary>Shape and size of a layer.</summary>
    public static readonly DiagnosticDescriptor LayerShape = Info(
        "GEN0305", Shapes, "Shape and size of a layer", "{0}: output {1}, {2} parameters, {3} multiply-adds a row", isEnabled: false);

    /// <summary>A layer does not fit what stands before it.</summary>
    public static readonly DiagnosticDescriptor UnfitInput = Error(
        "GEN0306", Shapes, "A layer does not fit what stands before it", "{0}");

    /// <summary>A wrapper does not fit its layer.</summary>
    public static readonly DiagnosticDescriptor UnfitWrapper = Error(
        "GEN0307", Shapes, "A wrapper does not fit its layer", "{0}");

    /// <summary>A mask is lost.</summary>
    public static readonly DiagnosticDescriptor LostMask = Warning("GEN0308", Shapes, "A mask is lost", "{0}");

    /// <summary>Initial states in each other's place.</summary>
    public static readonly DiagnosticDescriptor SwappedInitialStates = Warning(
        "GEN0310", Shapes, "Initial states in each other's place",
        "The states of {0} are h, then c, in Keras' order; '{1}' becomes its h and '{2}' its c: exchange the two (TensorFlow 1's LSTMStateTuple is (c, h))");

    /// <summary>TimeDistributed changes nothing here.</summary>
    public static readonly DiagnosticDescriptor RedundantTimeDistributed = Info(
        "GEN0311", Shapes, "TimeDistributed changes nothing here",
        "{0} works on every step by itself: [TimeDistributed] only gives its variables the paths that they have in Keras' files", isEnabled: false);

    /// <summary>A layer sees the step that is to be predicted.</summary>
    public static readonly DiagnosticDescriptor LookAhead = Warning(
        "GEN0312", Shapes, "A layer sees the step that is to be predicted", "{0} {1}, but {2}; {3}");

    /// <summary>The layers of both directions do not fit.</summary>
    public static readonly DiagnosticDescriptor UnfitHalves = Error(
        "GEN0313", Shapes, "The layers of both directions do not fit", "{0}");

    /// <summary>Nothing reads a layer or an input.</summary>
    public static readonly DiagnosticDescriptor Unread = Error(
        "GEN0314", Shapes, "Nothing reads a layer or an input", "{0}");

    /// <summary>Only one way of clipping gradients.</summary>
    public static readonly DiagnosticDescriptor SeveralClippings = Error(
        "GEN0401", Training, "Only one way of clipping gradients", "Only one of ClipNorm, GlobalClipNorm and ClipValue may be set; '{0}' is set already");

    /// <summary>Loss and last activation do not fit.</summary>
    public static readonly DiagnosticDescriptor LossAndActivation = Warning(
        "GEN0402", Training, "Loss and last activation do not fit", "'{0}' ends in {1}, which {2}; {3}");

    /// <summary>Shuffling breaks the states of a stateful model.</summary>
    public static readonly DiagnosticDescriptor ShuffledState = Error(
        "GEN0403", Training, "Shuffling breaks the states of a stateful model",
        "'{0}' is stateful: row i of a batch continues row i of the one before, which Shuffle = true would break; leave Shuffle unset");

    /// <summary>BatchSize does not fit the model's Batch.</summary>
    public static readonly DiagnosticDescriptor BatchSizeMismatch = Error(
        "GEN0404", Training, "BatchSize does not fit the model's Batch", "{0}");

    /// <summary>A data set that does not fit the model.</summary>
    public static readonly DiagnosticDescriptor UnfitDataSet = Error(
        "GEN0405", Training, "A data set that does not fit the model", "{0}");

    /// <summary>Unroll exceeds the method budget.</summary>
    public static readonly DiagnosticDescriptor UnrollBeyondBudget = Error(
        "GEN0501", Budgets, "Unroll exceeds the method budget", "{0}");

    /// <summary>The model exceeds the size budget.</summary>
    public static readonly DiagnosticDescriptor ModelBeyondBudget = Error(
        "GEN0502", Budgets, "The model exceeds the size budget", "{0}");

    /// <summary>A long unrolled loop.</summary>
    public static readonly DiagnosticDescriptor LongUnroll = Info(
        "GEN0503", Budgets, "A long unrolled loop",
        "Unrolling {0} steps makes the code longer, not faster: Unroll.Auto calls one method per step up to 64 steps and loops beyond");

    /// <summary>The model exceeds its own budget.</summary>
    public static readonly DiagnosticDescriptor BeyondOwnBudget = Error(
        "GEN0504", Budgets, "The model exceeds its own budget", "{0}");

    /// <summary>A span of the wrong length.</summary>
    public static readonly DiagnosticDescriptor WrongLength = Error(
        "GEN0601", Calls, "A span of the wrong length", "{0}");

    /// <summary>The model cannot run step by step.</summary>
    public static readonly DiagnosticDescriptor StepWithoutStreaming = Error(
        "GEN0602", Calls, "The model cannot run step by step", "'{0}' has no Step, because {1}");

    /// <summary>A state or workspace of another model.</summary>
    public static readonly DiagnosticDescriptor ForeignState = Error(
        "GEN0603", Calls, "A state or workspace of another model", "This {0} belongs to '{1}'; '{2}' takes one of its own, from its Create{0}");

    /// <summary>One state or workspace used by several threads.</summary>
    public static readonly DiagnosticDescriptor SharedAcrossThreads = Warning(
        "GEN0604", Calls, "One state or workspace used by several threads",
        "'{0}' is used by several threads at once: a {1} holds the numbers of one sequence at a time; create one for each thread");

    /// <summary>One state for two sequences.</summary>
    public static readonly DiagnosticDescriptor StateNotReset = Warning(
        "GEN0605", Calls, "One state for two sequences", "'{0}' still holds the end of '{1}' when '{2}' starts; call {0}.Reset() in between, unless the second continues the first");

    /// <summary>Two arguments in each other's place.</summary>
    public static readonly DiagnosticDescriptor SwappedArguments = Warning(
        "GEN0606", Calls, "Two arguments in each other's place", "'{0}' stands where '{1}' belongs, and '{2}' where '{3}' does: {4}");

    /// <summary>Data in the other layout.</summary>
    public static readonly DiagnosticDescriptor WrongLayout = Warning(
        "GEN0607", Calls, "Data in the other layout", "{0}");

    /// <summary>An id outside the vocabulary.</summary>
    public static readonly DiagnosticDescriptor IdOutsideVocabulary = Error(
        "GEN0608", Calls, "An id outside the vocabulary", "{0} is no id of '{1}': its Embedding knows {2}, 0 to {3}");

    /// <summary>A real id that is masked.</summary>
    public static readonly DiagnosticDescriptor MaskedId = Warning(
        "GEN0609", Calls, "A real id that is masked",
        "Step {0} of this row has id 0 between other ids, and '{1}' skips it: MaskZero = true says that 0 is no id. Count ids from 1, with an InputDim one larger, or remove MaskZero");

    /// <summary>A length that few numbers of rows fit.</summary>
    public static readonly DiagnosticDescriptor DoubtfulLength = Warning(
        "GEN0610", Calls, "A length that few numbers of rows fit", "{0}");

    /// <summary>A state of a number of rows that no pass runs.</summary>
    public static readonly DiagnosticDescriptor ImpossibleState = Error(
        "GEN0611", Calls, "A state of a number of rows that no pass runs", "A State of '{0}' has {1}; found {2}");

    /// <summary>A row longer than the input.</summary>
    public static readonly DiagnosticDescriptor WrongRowLength = Error(
        "GEN0612", Calls, "A row that is longer than the input, or empty", "Row {0} of this call of '{1}' has the length {2}; expected 1 to {3}, the time steps of the input");

    /// <summary>An option out of range.</summary>
    public static readonly DiagnosticDescriptor OptionOutOfRange = Error(
        "GEN0613", Calls, "An option out of range", "{0} is {1}; found {2}");

    /// <summary>Not a cell that [Rnn] can run.</summary>
    public static readonly DiagnosticDescriptor NotACell = Error(
        "GEN0701", Cells, "Not a cell that [Rnn] can run", "{0} {1}");

    /// <summary>What stands in a cell and what in a model.</summary>
    public static readonly DiagnosticDescriptor UnfitPart = Error(
        "GEN0702", Cells, "A part does not fit its cell or model", "{0}");

    /// <summary>The method Step of a cell.</summary>
    public static readonly DiagnosticDescriptor StepSignature = Error(
        "GEN0703", Cells, "The method Step does not fit its cell", "The Step of '{0}': {1}");

    /// <summary>Outside what a cell can be written in.</summary>
    public static readonly DiagnosticDescriptor UnsupportedInCell = Error(
        "GEN0704", Cells, "Not part of what a cell is written in", "{0}");

    /// <summary>Widths inside a cell.</summary>
    public static readonly DiagnosticDescriptor CellWidths = Error(
        "GEN0705", Cells, "Widths in a cell do not fit", "{0}");

    /// <summary>A name of weights.</summary>
    public static readonly DiagnosticDescriptor WeightName = Error(
        "GEN0706", Cells, "Weights of a cell need a name of their own", "{0}");

    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = new[]
    {
        NotGenerated, InternalError,
        NotPartial, NoInput, SpreadAttributes, NotExtensible, ModifierWithoutLayer, InvalidName, UnnamedInputs, MemberClash, UnknownLayer, HiddenAttribute, UnfitBase,
        UnknownFlag, UnknownEnumMember, WrongArgumentType, UnitsNotPositive, ValueOutOfRange, StatefulWithoutBatch, NonSaturatingActivation,
        UnboundedGate, StatefulBackwards, ReversedSequence, HardSigmoidDefinition, ZeroOutputWithoutMask, DropoutOutOfRange, DropoutOfEverything, KeepOutOfRange, UnknownWeight, ChangesNothing, UnfitInitializer,
        LastStepOnly, InvalidInput, InitialStateMismatch, SoftmaxOfOneValue, LayerShape, UnfitInput, UnfitWrapper, LostMask, SwappedInitialStates, RedundantTimeDistributed, LookAhead, UnfitHalves, Unread,
        SeveralClippings, LossAndActivation, ShuffledState, BatchSizeMismatch, UnfitDataSet,
        UnrollBeyondBudget, ModelBeyondBudget, LongUnroll, BeyondOwnBudget,
        WrongLength, StepWithoutStreaming, ForeignState, SharedAcrossThreads, StateNotReset, SwappedArguments, WrongLayout, IdOutsideVocabulary, MaskedId,
        DoubtfulLength, ImpossibleState, WrongRowLength, OptionOutOfRange,
        NotACell, UnfitPart, StepSignature, UnsupportedInCell, CellWidths, WeightName,
    };

    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = All.ToDictionary(d => d.Id, StringComparer.Ordinal);

    /// <summary>
    /// Whether the generator reports the rule. It does where the mistake is a compiler error inside an attribute as well: csc stops
    /// at those before it shows what analyzers say.
    /// </summary>
    public static bool IsReportedByGenerator(string id) =>
        id is "GEN0001" or "GEN0002" || StopsCompiler(id);

    /// <summary>Whether the mistake is an error of C# in an attribute, at which the compiler stops.</summary>
    public static bool StopsCompiler(string id) => id is "GEN0109" or "GEN0201" or "GEN0202" or "GEN0203";

    /// <summary>The descriptor of an ID; throws for an ID that the table does not hold.</summary>
    public static DiagnosticDescriptor Find(string id) => s_byId.TryGetValue(id, out DiagnosticDescriptor? descriptor)
        ? descriptor
        : throw new ArgumentException("The table of diagnostics does not hold '" + id + "'.", nameof(id));

    /// <summary>The message of a finding, with the invariant culture.</summary>
    public static string Message(Finding finding) => Message(Find(finding.Id), finding.Arguments);

    /// <summary>The message of a rule, with the invariant culture.</summary>
    public static string Message(DiagnosticDescriptor descriptor, IEnumerable<string> arguments) => string.Format(
        CultureInfo.InvariantCulture,
        descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture),
        arguments.Cast<object>().ToArray());

    /// <summary>What to write instead, for findings that know: the argument after those of the message.</summary>
    public static string Suggestion(Finding finding) => SuggestionIndex(finding.Id) is { } index && index < finding.Arguments.Count
        ? finding.Arguments[index]
        : "";

    private static int? SuggestionIndex(string id) => id switch
    {
        "GEN0109" => 2,
        "GEN0201" or "GEN0202" => 3,
        "GEN0203" => 5,
        "GEN0303" or "GEN0704" => 1,
        _ => null,
    };

    private static DiagnosticDescriptor Fatal(string id, string title, string message) => new(
        id, title, message, "GenRnn", DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinkBase + id + ".md", customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md");

    private static DiagnosticDescriptor Info(string id, string category, string title, string message, bool isEnabled = true) =>
        new(id, title, message, category, DiagnosticSeverity.Info, isEnabled, helpLinkUri: HelpLinkBase + id + ".md");

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md");
}
