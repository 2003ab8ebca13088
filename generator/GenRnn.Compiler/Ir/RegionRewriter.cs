using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Ir;

/// <summary>Replaces a value of a region: everything after it is written again on top of the new one.</summary>
public static class RegionRewriter
{
    /// <param name="replacement">Writes the new value; it may use values that stand before the old one.</param>
    public static void Replace(Region region, Value old, Func<RegionBuilder, Value> replacement)
    {
        List<Value> values = region.Values.ToList();
        List<RegionOutput> outputs = region.Outputs.ToList();
        region.Values.Clear();
        region.Values.AddRange(values.Take(old.Id));
        RegionBuilder b = new(region);
        Dictionary<Value, Value> renamed = new() { [old] = b.Named(old.Name, replacement(b)) };
        foreach (Value value in values.Skip(old.Id + 1))
        {
            if (value.Op is OpCode.Input or OpCode.State)
                b.Append(value);
            else
                renamed[value] = b.Copy(value, value.Operands.Select(Renamed).ToArray());
        }

        foreach (RegionState state in region.States.Where(s => s.Next is not null))
            state.Next = Renamed(state.Next!);
        region.Outputs.Clear();
        region.Outputs.AddRange(outputs.Select(o => o with { Value = Renamed(o.Value) }));

        Value Renamed(Value value) => renamed.TryGetValue(value, out Value? other) ? other : value;
    }
}
