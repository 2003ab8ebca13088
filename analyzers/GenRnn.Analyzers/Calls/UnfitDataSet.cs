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
        if (Length(data.Targets, context) is { } targets && call.HasTargetForEachOutput && call.Model.OutputShape is { IsUnknown: false } output
            && targets > 0 && (long)rows * output.Length != targets)
        {
            Report(data, data.Targets!, context, "the targets hold {0} values for {1} rows, but '{2}' emits {3}, {4} values a row{5}",
                targets, rows, call.Model.Name, output, output.Length, Advice(targets, rows, output, call.Model));
        }

        if (Length(data.SampleWeights, context) is { } weights && weights > 0 && weights != rows)
            Report(data, data.SampleWeights!, context, "there are {0} sample weights for {1} rows; a row has one weight, which counts for all its steps", weights, rows);
    }

    /// <summary>The two mistakes that Keras lets pass, named.</summary>
    private static string Advice(long targets, int rows, Shape output, ModelType model)
    {
        if (!output.IsVector && targets == (long)rows * output.Features)
            return ": one target for each row, and one prediction for each step, which Keras would broadcast. To predict once a row, remove ReturnSequences = true from the last recurrent layer";
        if (output.IsVector && model.InputShape("input") is { IsVector: false, IsUnknown: false } input && targets == (long)rows * input.TimeSteps * output.Features)
            return ": one target for each step, and one prediction for each row, which Keras would broadcast. To predict at every step, set ReturnSequences = true on the last recurrent layer";
        return "";
    }

    private static int? Length(IArgumentOperation? argument, CallContext context) =>
        argument is null ? null : KnownLength.Of(argument.Value, context.CancellationToken);

    private void Report(DataSetCreation data, IArgumentOperation argument, CallContext context, string format, params object[] arguments) =>
        context.Report(Descriptor, data.PlaceOf(argument), string.Format(CultureInfo.InvariantCulture, format, arguments));
}
