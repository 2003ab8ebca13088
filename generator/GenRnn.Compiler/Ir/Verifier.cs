using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Ir;

/// <summary>States what a program may contain, and throws with the offending value when a pass broke it.</summary>
public static class Verifier
{
    public static void Check(Program program)
    {
        Written written = new(program.Inputs.Concat(program.OutputGradients).Concat(program.Given));
        if (program.PenaltyGradient is not null)
            written.Add(program.PenaltyGradient);
        if (program.LogitsGradient is not null)
            written.Add(program.LogitsGradient);
        foreach (Region region in program.Forward.Concat(program.Backward))
            Check(region, written);
        // The backward pass reads what the forward pass drew: a mask of its own would be another one.
        foreach (Value value in program.Backward.SelectMany(r => r.Values))
            Require(value.Op != OpCode.Random, value, "draws in the backward pass");
        foreach (Sequence output in program.Outputs)
            Require(written.Contains(output), output, "is an output that no region writes");
        if (program.OutputMask is { } mask)
            Require(written.Contains(mask) && mask.Width == 1 && mask.Steps == program.Outputs[0].Steps, mask, "is no written mask of the main output");
        if (program.Penalty is { } penalty)
            Require(written.Contains(penalty) && penalty.Width == 1 && penalty.IsVector && !penalty.IsShared, penalty, "is no written penalty of a row");
        if (program.Logits?.Values is { } logits)
            Require(written.Contains(logits) && logits.Width == program.Outputs[0].Width && logits.Steps == program.Outputs[0].Steps, logits, "is nothing written of the main output's shape");
        foreach (MovingStatistic statistic in program.Statistics)
        {
            Require(written.Contains(statistic.Batch) && statistic.Batch.IsShared && statistic.Batch.Width == statistic.Moving.Length && !statistic.Moving.IsTrainable,
                statistic.Batch, "is no statistic of its parameter");
        }

        foreach (Sequence? gradient in program.InputGradients)
            Require(gradient is null || written.Contains(gradient), gradient ?? (object)program, "is the gradient of an input that no region writes");
        foreach (ParameterGradient gradient in program.Gradients)
        {
            Require(written.Contains(gradient.Right), gradient.Right, "is a factor of a gradient that no region writes");
            Require(gradient.Left is null || written.Contains(gradient.Left), gradient.Left ?? gradient.Right, "is a factor that no region writes");
            Require(gradient.Right.Width == gradient.Target.Columns, gradient.Right, "does not match the columns of its parameter");
            Require(gradient.Left is null || gradient.Left.Width == (gradient.IsScatter ? 1 : gradient.Target.Rows), gradient.Left ?? gradient.Right, "does not match the rows of its parameter");
            Require(gradient.Steps == Math.Max(1, gradient.Right.Steps), gradient.Right, "has another number of steps than its sum");
            Require(gradient.Left is null || (gradient.LeftAccess == TimeAccess.Whole) == gradient.Left.IsVector, gradient.Left ?? gradient.Right,
                "is a factor at a step though it has none, or the other way round");
        }
    }

    private static void Check(Region region, Written written)
    {
        foreach (RegionInput input in region.Inputs)
        {
            Require(written.Contains(input.Source), input.Source, "is read by " + region.Name + " before it is written");
            Require(input.Access.IsOfVector == input.Source.IsVector, input.Source, "is read at a step though it has none, or the other way round");
            Require(input.Access.IsOfVector || input.Access.Stride > 0, input.Source, "is read by " + region.Name + " without a stride");
        }

        if (region.IsShared)
        {
            Require(!region.IsScan && region.Steps == 1 && region.Inputs.All(i => i.Source.IsShared) && region.Outputs.All(o => o.Target.IsShared), region.Name, "runs once but not on what all rows share");
        }

        foreach (Value value in region.Values.Where(v => !region.IsShared && !v.Op.IsPointwise() && v.Op != OpCode.Broadcast))
        {
            Require(!value.Operands.Any(o => o.Op == OpCode.Input && o.Index < region.Inputs.Count && region.Inputs[o.Index].Source.IsShared), value, "reads a shared vector other than lane by lane");
        }

        foreach (RegionState state in region.States)
        {
            Require(state.Initial is null || (written.Contains(state.Initial) && state.Initial.IsVector && state.Initial.Width == state.Width),
                region.Name, "starts state " + state.Name + " from something else than a written vector of its width");
            Require(state.Next is not null, region.Name, "says nothing about state " + state.Name + " after the step");
            Require(state.Next!.Width == state.Width, region.Name, "changes the width of state " + state.Name);
            Require(state.Next is not { IsMask: true }, region.Name, "carries a mask in state " + state.Name);
        }

        for (int id = 0; id < region.Values.Count; id++)
            Check(region, region.Values[id], id);
        foreach (RegionOutput output in region.Outputs)
        {
            Require(Width(output.Target, output.Access, region) == output.Value.Width, output.Target, "has another width than its value");
            Require(!output.Value.IsMask, output.Target, "is to hold a mask");
            Require(!output.Access.IsAligned || output.Target.Steps == region.Steps, output.Target, "has another number of steps than " + region.Name);
            Require(output.Access.IsOfVector == output.Target.IsVector, output.Target, "is written at a step though it has none, or the other way round");
            Require(written.IsInside(output, region.Steps), output.Target, "is written outside of its steps");
            Require(written.Add(output, region.Steps), output.Target, "is written twice");
        }

        foreach (RegionState state in region.States.Where(s => s.Final is not null))
            Require(written.Add(state.Final!), state.Final!, "is written twice");
    }

    private static void Check(Region region, Value value, int id)
    {
        Require(value.Id == id, value, "has the wrong number");
        Require(value.Width > 0, value, "has no lanes");
        foreach (Value operand in value.Operands)
            Require(operand.Id < id && region.Values[operand.Id] == operand, value, "reads a value that does not stand before it");
        Operation operation = Operations.Of(value.Op);
        Require(operation.Arity is null || value.Operands.Count == operation.Arity, value, "has another number of operands than its operation");
        Require(value.Argument.GetType() == operation.Argument, value, "has the argument of another operation");
        CheckWidth(value, operation.Width);
        bool takesMask = operation.Has(OpTraits.TakesMask);
        Require(!takesMask || value.Operands[0].IsMask, value, "selects by something that is no mask");
        Require(value.Operands.Skip(takesMask ? 1 : 0).All(o => !o.IsMask), value, "computes with a mask");
        switch (value.Argument)
        {
            case ProductArgument product:
                Require(value.Operands.Count - product.Weights.Count is 0 or 1, value, "has another number of operands than weights");
                Require(value.Terms.All(t => t.Weights.Columns == value.Width && t.Weights.Rows == t.Operand.Width), value, "does not fit its weights");
                Require(product.Bias is null || product.Bias.Columns == value.Width, value, "does not fit its bias");
                Require(!value.HasInitialValue || (product.Bias is null && value.InitialValue.Width == value.Width), value, "does not fit the value it starts from");
                break;
            case RandomArgument { Source: var source }:
                Require(source.Number > 0 && (source.Kind != RandomKind.Keep || source.Number <= 1), value, "draws from no distribution");
                break;
            case ViewArgument { View: var view } when value.Op == OpCode.Gather:
                Require(view.Columns == value.Width, value, "does not fit its table");
                Require(value.Operands[0].Width == 1, value, "takes several ids at once");
                break;
            case ViewArgument { View: var view }:
                Require(view.Rows == 1 && view.Columns == value.Width, value, "does not fit its parameter");
                break;
            case LeafArgument { Index: var index } when value.Op == OpCode.Input:
                Require(index < region.Inputs.Count && Width(region.Inputs[index].Source, region.Inputs[index].Access, region) == value.Width, value, "reads no input");
                break;
            case LeafArgument { Index: var index }:
                Require(index < region.States.Count && region.States[index].Width == value.Width, value, "reads no state");
                break;
        }
    }

    private static void CheckWidth(Value value, WidthRule rule)
    {
        switch (rule)
        {
            case WidthRule.OfOperands: Require(value.Operands.All(o => o.Width == value.Width), value, "mixes widths"); break;
            case WidthRule.One: Require(value.Width == 1, value, "is a reduction of more than one lane"); break;
            case WidthRule.FromOne: Require(value.Operands[0].Width == 1, value, "broadcasts more than one lane"); break;
            case WidthRule.Sum: Require(value.Operands.Sum(o => o.Width) == value.Width, value, "is not as wide as its parts"); break;
            case WidthRule.Part: Require(value.Offset >= 0 && value.Offset + value.Width <= value.Operands[0].Width, value, "slices outside its operand"); break;
        }
    }

    /// <summary>Lanes that a step touches; 0 where blocks do not divide the vector.</summary>
    private static int Width(Sequence sequence, TimeAccess access, Region region) =>
        access.IsBlock && sequence.Width % region.Steps != 0 ? 0 : access.Lanes(sequence, region.Steps);

    /// <summary>Which sequences are complete; one may be written by several regions, each at steps of its own.</summary>
    private sealed class Written
    {
        private readonly HashSet<Sequence> _whole;
        private readonly Dictionary<Sequence, HashSet<int>> _parts = new();

        public Written(IEnumerable<Sequence> given) => _whole = new HashSet<Sequence>(given);

        public bool Contains(Sequence sequence) => _whole.Contains(sequence);

        public bool Add(Sequence vector) => _whole.Add(vector);

        public bool IsInside(RegionOutput output, int steps) =>
            output.Target.IsVector || Enumerable.Range(0, steps).Select(s => output.Access.IndexOf(s, steps)).All(index => index >= 0 && index < output.Target.Steps);

        public bool Add(RegionOutput output, int steps)
        {
            Sequence target = output.Target;
            if (target.IsVector || _whole.Contains(target))
                return _whole.Add(target);
            if (!_parts.TryGetValue(target, out HashSet<int>? part))
                _parts[target] = part = new HashSet<int>();
            bool isNew = Enumerable.Range(0, steps).All(s => part.Add(output.Access.IndexOf(s, steps)));
            if (part.Count == target.Steps)
                _whole.Add(target);
            return isNew;
        }
    }

    private static void Require(bool condition, object culprit, string what)
    {
        if (!condition)
            throw new InvalidOperationException("Broken program: " + culprit + " " + what + ".");
    }
}
