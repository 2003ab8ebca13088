using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>Drops what nobody reads: final states, outputs of regions, states that only feed themselves, values, inputs; then numbers the rest anew.</summary>
public static class RemoveDeadValues
{
    public static void Run(Program program)
    {
        List<Region> order = program.Forward.Concat(program.Backward).ToList();
        HashSet<Sequence> used = new(program.Outputs.Concat(program.Statistics.Select(s => s.Batch)));
        if (program.OutputMask is not null)
            used.Add(program.OutputMask);
        if (program.Penalty is not null)
            used.Add(program.Penalty);
        if (program.Logits is { } logits)
            used.Add(logits.Values);
        used.UnionWith(program.InputGradients.Where(g => g is not null)!);
        foreach (ParameterGradient gradient in program.Gradients)
        {
            used.Add(gradient.Right);
            if (gradient.Left is not null)
                used.Add(gradient.Left);
        }

        for (int i = order.Count - 1; i >= 0; i--)
        {
            Region region = order[i];
            region.Outputs.RemoveAll(o => !used.Contains(o.Target));
            foreach (RegionState state in region.States.Where(s => s.Final is not null && !used.Contains(s.Final)))
                state.Final = null;
            RemoveIdleStates(region);
            Compact(region);
            used.UnionWith(region.Inputs.Select(input => input.Source));
            used.UnionWith(region.States.Where(s => s.Initial is not null).Select(s => s.Initial!));
        }

        program.Forward.RemoveAll(IsEmpty);
        program.Backward.RemoveAll(IsEmpty);
    }

    /// <summary>Values that an output or a state of the region needs.</summary>
    public static HashSet<Value> Reachable(Region region)
    {
        HashSet<Value> reachable = new();
        foreach (RegionOutput output in region.Outputs)
            Visit(output.Value);
        foreach (RegionState state in region.States.Where(s => s.Next is not null))
            Visit(state.Next!);
        return reachable;

        void Visit(Value value)
        {
            if (!reachable.Add(value))
                return;
            foreach (Value operand in value.Operands)
                Visit(operand);
        }
    }

    // The gradient of a state that only steers (a count, a mask) is carried by nothing but itself.
    private static void RemoveIdleStates(Region region)
    {
        HashSet<Value> reachable = new();
        foreach (RegionOutput output in region.Outputs)
            Visit(output.Value);
        foreach (RegionState state in region.States.Where(s => s.Next is not null && (s.Final is not null || s.IsCarried)))
            Visit(state.Next!);

        List<Value> leaves = region.Values.Where(v => v.Op == OpCode.State).ToList();
        List<Value> kept = leaves.Where(v => reachable.Contains(v) || region.States[v.Index].Final is not null || region.States[v.Index].IsCarried).ToList();
        if (kept.Count == leaves.Count)
            return;
        List<RegionState> states = kept.Select(v => region.States[v.Index]).ToList();
        region.States.Clear();
        region.States.AddRange(states);
        region.Values.RemoveAll(v => v.Op == OpCode.State && !kept.Contains(v));
        for (int i = 0; i < kept.Count; i++)
            kept[i].Argument = new LeafArgument(i);

        void Visit(Value value)
        {
            if (!reachable.Add(value))
                return;
            foreach (Value operand in value.Operands)
                Visit(operand);
            if (value.Op == OpCode.State && region.States[value.Index].Next is { } next)
                Visit(next);
        }
    }

    private static bool IsEmpty(Region region) => region.Outputs.Count == 0 && region.States.All(s => s.Final is null && !s.IsCarried);

    private static void Compact(Region region)
    {
        HashSet<Value> reachable = Reachable(region);
        // The leaf of a state stays even if no step reads it: states are numbered by their leaves.
        region.Values.RemoveAll(v => !reachable.Contains(v) && v.Op != OpCode.State);
        List<Value> inputs = region.Values.Where(v => v.Op == OpCode.Input).ToList();
        List<RegionInput> sources = inputs.Select(v => region.Inputs[v.Index]).ToList();
        region.Inputs.Clear();
        region.Inputs.AddRange(sources);
        for (int i = 0; i < inputs.Count; i++)
            inputs[i].Argument = new LeafArgument(i);
        for (int i = 0; i < region.Values.Count; i++)
            region.Values[i].Id = i;
    }
}
