using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// The gradient of a model's input is seldom asked for: what computes it and nothing else moves out of the reverse scan into a
/// region of its own that runs on demand. The values at the border are saved, step by step; mostly they are saved already.
/// </summary>
internal static class SplitInputGradients
{
    public static void Run(Program program)
    {
        List<Region> split = new();
        HashSet<Sequence> wanted = new(program.InputGradients.Where(g => g is not null)!);
        HashSet<Sequence> needed = new(program.Gradients.SelectMany(g => new[] { g.Left, g.Right }).Where(s => s is not null)!);
        // Last region first: what only demanded regions read is demanded as well.
        foreach (Region region in Enumerable.Reverse(program.Backward))
        {
            List<RegionOutput> moved = region.Outputs.Where(o => wanted.Contains(o.Target) && !needed.Contains(o.Target)).ToList();
            // A scan of weights that are not trained carries its gradients for nothing else.
            if (moved.Count > 0 && region.Outputs.Count == moved.Count && region.States.All(s => s.Final is null || !needed.Contains(s.Final)))
            {
                region.IsOnDemand = true;
                wanted.UnionWith(region.Inputs.Select(i => i.Source));
            }
            else
            {
                if (moved.Count > 0)
                    split.Insert(0, Split(program, region, moved));
                needed.UnionWith(region.Inputs.Select(i => i.Source));
                needed.UnionWith(region.States.Where(s => s.Initial is not null).Select(s => s.Initial!));
            }

            split.Insert(0, region);
        }

        program.Backward.Clear();
        program.Backward.AddRange(split);
    }

    private static Region Split(Program program, Region region, List<RegionOutput> moved)
    {
        foreach (RegionOutput output in moved)
            region.Outputs.Remove(output);

        HashSet<Value> kept = RemoveDeadValues.Reachable(region);
        Region demanded = new(region.Name + " input", region.Layer, region.Steps)
        {
            IsOnDemand = true,
            IsShared = region.IsShared,
            Equation = "gradient of the input, on demand",
        };
        RegionBuilder b = new(demanded);
        Dictionary<Value, Value> copies = new();
        foreach (RegionOutput output in moved)
            b.Output(Copy(output.Value), output.Target, output.Access);
        return demanded;

        Value Copy(Value value)
        {
            if (copies.TryGetValue(value, out Value? known))
                return known;
            Value copy;
            if (value.Op == OpCode.Input)
                copy = b.Input(region.Inputs[value.Index].Source, region.Inputs[value.Index].Access);
            else if (value.Op is OpCode.Constant or OpCode.Parameter)
                copy = b.Copy(value, new List<Value>());
            else if (value.Op == OpCode.State || (kept.Contains(value) && !value.IsMask))
                copy = Read(value);
            else
                copy = b.Copy(value, value.Operands.Select(Copy).ToArray());
            copies[value] = copy;
            return copy;
        }

        Value Read(Value value)
        {
            RegionOutput? output = region.Outputs.FirstOrDefault(o => o.Value == value && o.HoldsValue(region));
            if (output is not null)
                return b.Input(output.Target, output.Access);
            string name = region.Name + ".v" + value.Id;
            Sequence saved = region.IsShared ? program.NewShared(name, value.Width) : program.NewSequence(name, region.IsScan || region.Steps > 1 ? region.Steps : 0, value.Width);
            new RegionBuilder(region).Output(value, saved, TimeAccess.Same);
            return b.Input(saved, TimeAccess.Same);
        }
    }
}
