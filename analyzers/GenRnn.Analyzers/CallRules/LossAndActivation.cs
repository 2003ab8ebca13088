using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A loss that takes the output for something else than what the last activation makes of it.</summary>
internal sealed class LossAndActivation : TrainingRule
{
    /// <summary>What the fix does: say that predictions are logits, take that back, or another loss by name.</summary>
    private const string SetFromLogits = "+FromLogits";
    private const string RemoveFromLogits = "-FromLogits";

    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.LossAndActivation);

    protected override void Check(TrainingCall call, CallContext context)
    {
        if (call.KnownLoss is not { FromLogits: { } fromLogits } loss || call.Model.LastActivation is not { Length: > 0 } activation)
            return;
        if (Find(loss, fromLogits, activation, call.Model.OutputShape) is { } misfit)
            context.ReportWithSuggestion(Descriptor, call.Loss!.Syntax, misfit.Suggestion, call.Model.Name, activation, misfit.Gives, misfit.Advice);
    }

    private static Misfit? Find(LossUse loss, bool fromLogits, string activation, Shape output) => loss.Name switch
    {
        "BinaryCrossentropy" => OfBinary(fromLogits, activation, output),
        "CategoricalCrossentropy" or "SparseCategoricalCrossentropy" => OfCategorical(loss, fromLogits, activation, output),
        "CategoricalHinge" when output.Features == 1 => new Misfit("gives one value", "CategoricalHinge chooses among several: use Hinge", "Hinge"),
        _ when activation == "LogSoftmax" && loss.TargetLength(output) is not null =>
            new Misfit("gives logarithms of probabilities, never above 0", loss.Name + " compares it with the targets as it is"),
        _ => null,
    };

    private static Misfit? OfBinary(bool fromLogits, string activation, Shape output) => activation switch
    {
        // A single value's softmax is wrong by itself, which is said where it stands.
        "Softmax" when output.Features == 1 => null,
        "Sigmoid" or "HardSigmoid" or "HardSigmoidKeras2" or "Softmax" when fromLogits => TwiceProbabilities,
        "Sigmoid" or "HardSigmoid" or "HardSigmoidKeras2" => null,
        "Softmax" => new Misfit(
            "gives one choice among all values", "BinaryCrossentropy takes each for a yes or no of its own: use CategoricalCrossentropy, or end in Sigmoid", "CategoricalCrossentropy"),
        _ => fromLogits ? null : OfNoProbability("BinaryCrossentropy", activation, "Sigmoid"),
    };

    private static Misfit? OfCategorical(LossUse loss, bool fromLogits, string activation, Shape output) => activation switch
    {
        "Softmax" or "LogSoftmax" when output.Features == 1 => null,
        _ when output.Features == 1 => new Misfit(
            "gives one value", loss.Name + " chooses among several, and among one it is always 0: use BinaryCrossentropy", "BinaryCrossentropy"),
        "Sigmoid" or "HardSigmoid" or "HardSigmoidKeras2" or "Softmax" when fromLogits => TwiceProbabilities,
        "Softmax" => null,
        "Sigmoid" or "HardSigmoid" or "HardSigmoidKeras2" => new Misfit(
            "gives each value a probability of its own",
            loss.Name + " is about one choice among them: end in Softmax" + (loss.TakesIds ? "" : ", or use BinaryCrossentropy"),
            loss.TakesIds ? null : "BinaryCrossentropy"),
        "LogSoftmax" => fromLogits ? null : new Misfit(
            "gives logarithms of probabilities", loss.Name + " takes probabilities, unless FromLogits = true: set it", SetFromLogits),
        _ => fromLogits ? null : OfNoProbability(loss.Name, activation, "Softmax"),
    };

    private static Misfit TwiceProbabilities { get; } = new(
        "gives probabilities", "FromLogits = true would turn them into probabilities once more: remove it, or end in Linear", RemoveFromLogits);

    private static Misfit OfNoProbability(string loss, string activation, string expected)
    {
        string gives = activation switch
        {
            "Linear" => "gives values of any size",
            "Tanh" or "Softsign" => "gives values from -1 to 1",
            _ => "gives values that are no probabilities",
        };
        return activation == "Linear"
            ? new Misfit(gives, loss + " takes probabilities, unless FromLogits = true: set it, or end in " + expected, SetFromLogits)
            : new Misfit(gives, string.Format(CultureInfo.InvariantCulture, "{0} takes probabilities: end in {1}, or in Linear with FromLogits = true", loss, expected));
    }

    /// <summary>What the activation gives, what the loss makes of that, and what the fix writes.</summary>
    private sealed record Misfit(string Gives, string Advice, string? Suggestion = null);
}
