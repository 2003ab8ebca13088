using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.Compiler.Ir;

/// <summary>The stable text of a program, for snapshots and for reading.</summary>
public static class TextDump
{
    public static string Write(Program program)
    {
        StringBuilder text = new();
        foreach (Parameter parameter in program.Parameters)
            text.Append("parameter ").Append(parameter.Path).Append(" [").Append(string.Join(", ", parameter.Shape)).Append("] at ").Append(parameter.Offset).Append('\n');
        foreach (Sequence input in program.Inputs)
            text.Append("input ").Append(Typed(input)).Append('\n');
        foreach (Sequence output in program.Outputs)
            text.Append("output ").Append(Typed(output)).Append('\n');
        if (program.OutputMask is not null)
            text.Append("output mask ").Append(Typed(program.OutputMask)).Append('\n');
        if (program.Penalty is not null)
            text.Append("penalty ").Append(Typed(program.Penalty)).Append('\n');
        if (program.Logits is { } logits)
            text.Append("logits ").Append(Typed(logits.Values)).Append('\n');
        foreach (SequenceHistory history in program.Histories)
            text.Append("history ").Append(history.Name).Append(" of ").Append(history.Source).Append(" over ").Append(history.Steps.ToString(CultureInfo.InvariantCulture)).Append(" steps\n");
        foreach (Region region in program.Forward)
            Write(text, "forward", region);
        foreach (Region region in program.Backward)
            Write(text, region.IsOnDemand ? "on demand" : "backward", region);
        foreach (MovingStatistic statistic in program.Statistics)
            text.Append("statistic ").Append(statistic.Moving.Path).Append(" follows ").Append(statistic.Batch).Append(" with momentum ").Append(statistic.Momentum.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        foreach (ParameterGradient gradient in program.Gradients)
        {
            text.Append("gradient ").Append(View(gradient.Target)).Append(" = sum over steps of ");
            if (gradient.Left is not null)
                text.Append(gradient.Left).Append(At(gradient.LeftAccess)).Append(gradient.IsScatter ? " names row of " : " x ");
            text.Append(gradient.Right).Append('\n');
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string kind, Region region)
    {
        text.Append(kind).Append(' ').Append(region.IsShared ? "once" : region.IsScan ? "scan" : "map").Append(" \"").Append(region.Name).Append("\" over ")
            .Append(region.Steps.ToString(CultureInfo.InvariantCulture)).Append(" steps").Append(Unrolling(region)).Append(": ").Append(region.Equation).Append('\n');
        foreach (RegionState state in region.States)
            text.Append("    state ").Append(state.Name).Append('[').Append(state.Width).Append("] from ").Append(state.Initial?.ToString() ?? "0").Append(state.IsCarried ? ", carried" : "").Append('\n');
        foreach (Value value in region.Values)
            text.Append("    ").Append(value).Append(" = ").Append(Describe(region, value)).Append(" : ").Append(value.IsMask ? "mask " : "").Append(value.Width).Append('\n');
        foreach (RegionState state in region.States)
        {
            text.Append("    next ").Append(state.Name).Append(" = ").Append(state.Next?.ToString() ?? "0");
            if (state.Final is not null)
                text.Append(", last to ").Append(state.Final);
            text.Append('\n');
        }

        foreach (RegionOutput output in region.Outputs)
            text.Append("    ").Append(output.Target).Append(At(output.Access)).Append(output.Target.IsShared && !region.IsShared ? " = sum over steps and rows of " : " = ").Append(output.Value).Append('\n');
    }

    private static string Unrolling(Region region) => region.Unroll switch
    {
        0 => "",
        -1 => ", unrolled",
        int factor => ", unrolled by " + factor.ToString(CultureInfo.InvariantCulture),
    };

    private static string Describe(Region region, Value value) => value.Op switch
    {
        OpCode.Input => "read " + region.Inputs[value.Index].Source + At(region.Inputs[value.Index].Access),
        OpCode.State => "state " + region.States[value.Index].Name,
        OpCode.Constant => value.Number.ToString("R", CultureInfo.InvariantCulture),
        OpCode.Parameter => View(value.View),
        OpCode.Random => Describe(value.Random),
        OpCode.Linear => (value.IsLaneReduced ? "lane-reduced " : "") + "linear(" + (value.Bias is not null ? View(value.Bias) : value.HasInitialValue ? value.InitialValue.ToString() : "0")
            + string.Concat(value.Terms.Select(t => "; " + t.Operand + " . " + View(t.Weights))) + ")",
        OpCode.Gather => "gather " + value.Operands[0] + " of " + View(value.View),
        OpCode.Slice => "slice " + value.Operands[0] + " at " + value.Offset.ToString(CultureInfo.InvariantCulture),
        _ => Operations.Of(value.Op).Text + " " + string.Join(", ", value.Operands),
    };

    private static string Describe(RandomSource source) => string.Format(CultureInfo.InvariantCulture, "random {0} {1:R}, layer {2}, mask {3}{4}",
        source.Kind == RandomKind.Keep ? "keep" : "normal", source.Number, source.Layer, source.Mask, source.IsSharedByRows ? ", one for all rows" : "");

    private static string View(ParameterView view)
    {
        bool isTransposed = view.RowStride == 1 && view.ColumnStride != 1;
        string text = view.Parameter.Path;
        if (view.Rows * view.Columns != view.Parameter.Length)
            text += "(" + view.Rows.ToString(CultureInfo.InvariantCulture) + "x" + view.Columns.ToString(CultureInfo.InvariantCulture) + " at " + view.Offset.ToString(CultureInfo.InvariantCulture) + ")";
        return isTransposed ? text + "^T" : text;
    }

    private static string Typed(Sequence sequence) => sequence.IsVector
        ? string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", sequence, sequence.Width)
        : string.Format(CultureInfo.InvariantCulture, "{0}[{1}, {2}]", sequence, sequence.Steps, sequence.Width);

    private static string At(TimeAccess access)
    {
        if (access.Kind == AccessKind.Whole)
            return "";
        string index = access.IsReversed ? "S-1-s" : "s";
        if (access.Stride != 1)
            index = access.Stride.ToString(CultureInfo.InvariantCulture) + (access.IsReversed ? "(" + index + ")" : index);
        if (access.Offset != 0)
            index += access.Offset.ToString("+0;-0", CultureInfo.InvariantCulture);
        return access.IsBlock ? "[block " + index + "]" : "[" + index + "]";
    }
}
