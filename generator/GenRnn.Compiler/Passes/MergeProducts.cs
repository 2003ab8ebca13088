using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>
/// Makes one product of those that multiply the same operands by neighbouring columns of the same weights, as gates do whose masks are
/// gone: operands are read once, and tiles are full. Every output keeps its chain, so the bits stay.
/// </summary>
internal static class MergeProducts
{
    public static void Run(Program program)
    {
        foreach (Region region in program.Forward)
        {
            while (Find(region) is { Count: > 1 } run)
                Merge(region, run);
        }
    }

    /// <summary>Products that continue one another, in the order of the columns; the first run of more than one, or null.</summary>
    private static List<Value>? Find(Region region)
    {
        List<Value> products = region.Values.Where(v => v.Op == OpCode.Linear && !v.IsLaneReduced && !v.HasInitialValue).ToList();
        foreach (Value first in products)
        {
            List<Value> run = new() { first };
            while (products.FirstOrDefault(p => Continues(run[run.Count - 1], p)) is { } next)
                run.Add(next);
            // The merged product stands where the first one stood, so its operands must be there by then.
            if (run.Count > 1 && run.All(p => p.Id >= first.Id))
                return run;
        }

        return null;
    }

    private static bool Continues(Value left, Value right) =>
        left.Terms.Count == right.Terms.Count
        && left.Terms.Zip(right.Terms, (l, r) => l.Operand == r.Operand && Continues(l.Weights, r.Weights)).All(c => c)
        && (left.Bias is null ? right.Bias is null : right.Bias is not null && Continues(left.Bias, right.Bias));

    private static bool Continues(ParameterView left, ParameterView right) =>
        right == left with { Offset = left.Offset + left.Columns * left.ColumnStride, Columns = right.Columns };

    private static void Merge(Region region, List<Value> run)
    {
        int width = run.Sum(p => p.Width);
        Value? merged = null;
        int offset = 0;
        foreach (int id in run.Select(p => p.Id).ToList())
        {
            Value product = region.Values[merged is null ? id : id + 1];
            RegionRewriter.Replace(region, product, b =>
            {
                merged ??= b.Linear(width, product.Bias?.SliceColumns(0, width),
                    product.Terms.Select(t => (t.Operand, t.Weights.SliceColumns(0, width))).ToArray());
                return b.Slice(merged, offset, product.Width);
            });
            offset += product.Width;
        }
    }
}
