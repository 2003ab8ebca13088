using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// Takes a gradient that is put together from wide parts, an LSTM's gates, apart again where it is kept for all steps: each part is a sequence of its
/// own. Every loop then reads and writes memory in one direction, and a part can take the place of what was saved for it. A product
/// goes on from part to part, and a weight gradient is taken for the columns of each: the same chains, the same bits.
/// </summary>
internal static class KeepPartsApart
{
    /// <summary>A narrower part leaves the tiles of its weight gradient too few vectors.</summary>
    private const int MinimumWidth = 64;

    /// <summary>Lanes of the widest vector: parts that end between two would be padded.</summary>
    private const int WidestVector = 16;

    /// <param name="program">A differentiated program.</param>
    /// <param name="rows">Rows of a pass.</param>
    /// <param name="cachedElements">Elements that a cache keeps: there a row's parts may as well lie side by side.</param>
    public static void Run(Program program, int rows, int cachedElements)
    {
        foreach (Region region in program.Backward.ToList())
        {
            foreach (RegionOutput output in region.Outputs.ToList())
            {
                if (IsWorthIt(output, rows, cachedElements) && CanSplit(program, region, output))
                    Split(program, region, output);
            }
        }

        RemoveDeadValues.Run(program);
    }

    private static bool IsWorthIt(RegionOutput output, int rows, int cachedElements) =>
        output.Value.Op == OpCode.Concat && !output.Target.IsVector && !output.Target.IsShared && !output.Access.IsBlock
        && (long)output.Target.Steps * rows * output.Target.Width > cachedElements
        && output.Value.Operands.All(part => part.Width >= MinimumWidth && part.Width % WidestVector == 0);

    /// <summary>Whether nothing but products and weight gradients reads it.</summary>
    private static bool CanSplit(Program program, Region region, RegionOutput output) =>
        program.Gradients.Where(g => g.Right == output.Target || g.Left == output.Target).All(g => g.Left != output.Target && !g.IsScatter)
        && program.Backward.SelectMany(r => r.Outputs).Count(o => o.Target == output.Target) == 1
        && !program.InputGradients.Contains(output.Target)
        && region.States.All(s => s.Next != output.Value)
        && IsReadByProductsAlone(region, output.Value)
        && program.Backward.All(r => LeavesOf(r, output.Target).All(leaf => IsReadByProductsAlone(r, leaf)) && r.States.All(s => s.Initial != output.Target));

    private static IEnumerable<Value> LeavesOf(Region region, Sequence source) =>
        region.Values.Where(v => v.Op == OpCode.Input && region.Inputs[v.Index].Source == source);

    private static bool IsReadByProductsAlone(Region region, Value value) =>
        region.Values.Where(v => v.Operands.Contains(value)).All(v => v.Op == OpCode.Linear && !v.IsLaneReduced && !(v.HasInitialValue && v.InitialValue == value));

    private static void Split(Program program, Region region, RegionOutput output)
    {
        List<Value> parts = output.Value.Operands.ToList();
        List<Sequence> sequences = new();
        region.Outputs.Remove(output);
        foreach (Value part in parts)
        {
            // Two gradients may have a part in common, as those of a GRU's two products have.
            Sequence? known = region.Outputs.FirstOrDefault(o => o.Value == part && o.Access == output.Access && o.HoldsValue(region))?.Target;
            sequences.Add(known ?? program.NewSequence(region.Name + ".d" + part.Id, output.Target.Steps, part.Width));
            if (known is null)
                region.Outputs.Add(new RegionOutput(part, sequences[sequences.Count - 1], output.Access));
        }

        SplitProducts(region, output.Value, (_, k) => parts[k]);
        foreach (Region reader in program.Backward)
        {
            foreach (int id in LeavesOf(reader, output.Target).Select(l => l.Id).ToList())
            {
                Value leaf = reader.Values[id];
                SplitProducts(reader, leaf, (b, k) => b.Input(sequences[k], reader.Inputs[leaf.Index].Access));
            }
        }

        SplitGradients(program, output.Target, sequences);
    }

    private static void SplitProducts(Region region, Value whole, System.Func<RegionBuilder, int, Value> part)
    {
        while (region.Values.FirstOrDefault(v => v.Op == OpCode.Linear && v.Terms.Any(t => t.Operand == whole)) is { } product)
            RegionRewriter.Replace(region, product, b => b.Linear(
                product.Width, product.Bias, product.HasInitialValue ? product.InitialValue : null, false, product.Terms.SelectMany(t => t.Operand == whole ? PartsOf(b, t) : new[] { t }).ToList()));

        IEnumerable<LinearTerm> PartsOf(RegionBuilder b, LinearTerm term)
        {
            int row = 0;
            for (int k = 0; row < whole.Width; k++)
            {
                Value value = part(b, k);
                yield return new LinearTerm(value, term.Weights.SliceRows(row, value.Width));
                row += value.Width;
            }
        }
    }

    /// <summary>Gradients of the same part behind one another: they run together.</summary>
    private static void SplitGradients(Program program, Sequence whole, IReadOnlyList<Sequence> parts)
    {
        List<ParameterGradient> gradients = program.Gradients.Where(g => g.Right == whole).ToList();
        int at = program.Gradients.IndexOf(gradients[0]);
        program.Gradients.RemoveAll(gradients.Contains);
        int column = 0;
        foreach (Sequence part in parts)
        {
            program.Gradients.InsertRange(at, gradients.Select(g => g with { Target = g.Target.SliceColumns(column, part.Width), Right = part }));
            at += gradients.Count;
            column += part.Width;
        }
    }
}
