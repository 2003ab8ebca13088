using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>The gradient of a value that is read in slices (gates of one product): their gradients side by side, zeros where nothing is read.</summary>
internal static class SliceGradients
{
    public static Value Assemble(RegionBuilder b, IReadOnlyList<(int Offset, Value Gradient)> pieces, int width)
    {
        List<(int Offset, Value Gradient)> merged = new();
        foreach ((int offset, Value gradient) in pieces.OrderBy(p => p.Offset))
        {
            int last = merged.Count - 1;
            if (last >= 0 && merged[last].Offset == offset && merged[last].Gradient.Width == gradient.Width)
                merged[last] = (offset, b.Add(merged[last].Gradient, gradient));
            else
                merged.Add((offset, gradient));
        }

        bool overlaps = merged.Zip(merged.Skip(1), (p, next) => p.Offset + p.Gradient.Width > next.Offset).Any(o => o);
        return overlaps
            ? merged.Select(p => Row(b, new[] { p }, width)).Aggregate(b.Add)
            : Row(b, merged, width);
    }

    private static Value Row(RegionBuilder b, IReadOnlyList<(int Offset, Value Gradient)> pieces, int width)
    {
        List<Value> parts = new();
        int end = 0;
        foreach ((int offset, Value gradient) in pieces)
        {
            if (offset > end)
                parts.Add(b.Constant(0, offset - end));
            parts.Add(gradient);
            end = offset + gradient.Width;
        }

        if (end < width)
            parts.Add(b.Constant(0, width - end));
        return b.Concat(parts);
    }
}
