using System.Collections.Generic;
using System.Globalization;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// Arrays of a data set whose lengths are known and do not fit the model. Keras would broadcast targets of another shape and report a loss
/// that means nothing; Gen refuses them when it runs, and here already.
/// </summary>
internal sealed class UnfitDataSet : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.UnfitDataSet);

    public override IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.UnfitDataSet), DiagnosticTable.Of(Rules.DoubtfulLength) };

    protected override void Check(TrainingCall call, CallContext context)
    {
        foreach (DataSetCreation data in call.DataSets)
        {
            CheckParts(call.Model, data, context);
            CheckRows(call, data, context);
        }
    }

    /// <summary>An array for each output, and lengths for a model whose rows have some.</summary>
    private void CheckParts(ModelType model, DataSetCreation data, CallContext context)
    {
        if (data.TargetCount is { } targets && model.Outputs is { Count: > 0 } outputs && targets != outputs.Count)
        {
            Report(data.Place, context, "'{0}' has {1} output{2} ({3}), and the data set {4} target{5}{6}",
                model.Name, outputs.Count, outputs.Count == 1 ? "" : "s", string.Join(", ", outputs), targets, targets == 1 ? "" : "s",
                targets < outputs.Count ? ": give each output an array, and an empty one to what shall not count" : "");
        }

        if (model.Inputs.Count != 1 || model.LengthCount == (data.Lengths is null ? 0 : 1))
            return;
        if (data.Lengths is null)
            Report(data.Place, context, "the rows of '{0}' have lengths, and the data set has none: add them by WithLengths", model.Name);
        else
            Report(data.Place, context, "the rows of '{0}' have no lengths, and the data set has some: declare the input with Lengths = true", model.Name);
    }

    private void CheckRows(TrainingCall call, DataSetCreation data, CallContext context)
    {
        if (data.Inputs is null || KnownLength.InVariables(data.Inputs.Value, context.CancellationToken) is not { } length || call.Model.InputLength is not { } perRow || perRow < 1)
            return;
        var found = new RowLength(length, perRow);
        if (found.Number == 0)
        {
            Report(data, data.Inputs, context, "the data set is empty: '{0}' reads rows of {1} values", call.Model.Name, perRow);
        }
        else if (found.IsNoRows)
        {
            Report(data, data.Inputs, context, "the inputs hold {0} values, no whole number of rows: '{1}' reads {2} a row", found.Number!, call.Model.Name, perRow);
        }
        else if (found.Number / perRow is { } rows)
        {
            CheckRows(call, data, (int)rows, context);
        }
        else if (found.IsDoubtful)
        {
            DoubtfulLength.Report(
                context, data.PlaceOf(data.Inputs), "An input of '" + call.Model.Name + "'", Operations.Unwrap(data.Inputs.Value), found,
                Operations.NameOf(call.Model.Symbol, data.Inputs) + ".InputLength");
        }
        else
        {
            CheckTargets(call, data, found, context);
        }
    }

    /// <summary>Numbers of rows that nobody knows must be the same.</summary>
    private void CheckTargets(TrainingCall call, DataSetCreation data, RowLength inputs, CallContext context)
    {
        if (data.Targets is null || KnownLength.InVariables(data.Targets.Value, context.CancellationToken) is not { } length || call.KnownLoss is not { } loss
            || call.Model.OutputShape is not { IsUnknown: false } output || loss.TargetLength(output) is not { } expected)
        {
            return;
        }

        var found = new RowLength(length, expected);
        if (found.Number != 0 && found.NeverAgreesWith(inputs))
        {
            Report(data, data.Targets, context, "'{0}' targets and '{1}' inputs are never those of equally many rows: '{2}' reads {3} values a row and emits {4}, and {5} takes {6}",
                RowLength.TextOf(Operations.Unwrap(data.Targets.Value)), RowLength.TextOf(Operations.Unwrap(data.Inputs!.Value)),
                call.Model.Name, inputs.PerRow, output, loss.Name, expected);
        }
    }

    private void CheckRows(TrainingCall call, DataSetCreation data, int rows, CallContext context)
    {
        if (Length(data.Targets, context) is { } targets && targets > 0 && call.KnownLoss is { } loss
            && call.Model.OutputShape is { IsUnknown: false } output && loss.TargetLength(output) is { } expected && (long)rows * expected != targets)
        {
            string takes = loss.TakesIds ? "so {5} takes {4} id" + (expected == 1 ? "" : "s") + " a row" : "{4} values a row";
            Report(data, data.Targets!, context, "the targets hold {0} values for {1} rows, but '{2}' emits {3}, " + takes + "{6}",
                targets, rows, call.Model.Name, output, expected, loss.Name, Advice(targets, rows, expected, output, loss, call.Model));
        }

        if (Length(data.SampleWeights, context) is { } weights && weights > 0 && weights != rows)
            Report(data, data.SampleWeights!, context, "there are {0} sample weights for {1} rows; a row has one weight, which counts for all its steps", weights, rows);
    }

    /// <summary>The mistakes that Keras lets pass, and the two kinds of targets for classes, named.</summary>
    private static string Advice(long targets, int rows, int expected, Shape output, LossUse loss, ModelType model)
    {
        if (loss.TakesIds && targets == (long)rows * output.Length)
            return ": a value for each class, for which there is CategoricalCrossentropy";
        if (loss.IsCategorical && !loss.TakesIds && targets == (long)rows * (output.Length / output.Features))
            return ": one id for each choice, for which there is SparseCategoricalCrossentropy";

        int perStep = output.IsVector ? expected : expected / output.TimeSteps;
        if (!output.IsVector && targets == (long)rows * perStep)
            return ": one target for each row, and one prediction for each step, which Keras would broadcast. To predict once a row, remove ReturnSequences = true from the last recurrent layer";
        if (output.IsVector && model.InputShape("input") is { IsVector: false, IsUnknown: false } input && targets == (long)rows * input.TimeSteps * perStep)
            return ": one target for each step, and one prediction for each row, which Keras would broadcast. To predict at every step, set ReturnSequences = true on the last recurrent layer";
        return "";
    }

    private static int? Length(IArgumentOperation? argument, CallContext context) =>
        argument is null ? null : KnownLength.Of(argument.Value, context.CancellationToken);

    private void Report(DataSetCreation data, IArgumentOperation argument, CallContext context, string format, params object[] arguments) =>
        Report(data.PlaceOf(argument), context, format, arguments);

    private void Report(SyntaxNode place, CallContext context, string format, params object[] arguments) =>
        context.Report(Descriptor, place, string.Format(CultureInfo.InvariantCulture, format, arguments));
}
