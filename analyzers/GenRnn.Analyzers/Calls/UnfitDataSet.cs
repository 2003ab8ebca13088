using System.Globalization;
using GenRnn.Compiler.Shapes;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>
/// Arrays of a data set whose lengths are known and do not fit the model. Keras would broadcast targets of another shape and report a loss
/// that means nothing; Gen refuses them when it runs, and here already.
/// </summary>
internal sealed class UnfitDataSet : TrainingRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.UnfitDataSet;

    protected override void Check(TrainingCall call, CallContext context)
    {
        foreach (DataSetCreation data in call.DataSets)
            Check(call, data, context);
    }

    private void Check(TrainingCall call, DataSetCreation data, CallContext context)
    {
        if (Length(data.Inputs, context) is not { } inputs || call.Model.InputLength is not { } perRow || perRow < 1)
            return;
        if (inputs == 0 || inputs % perRow != 0)
        {
            Report(data, data.Inputs!, context, "the inputs hold {0} values, no whole number of rows: '{1}' reads {2} a row", inputs, call.Model.Name, perRow);
            return;
        }

        int rows = inputs / perRow;
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
        context.Report(Descriptor, data.PlaceOf(argument), string.Format(CultureInfo.InvariantCulture, format, arguments));
}
