using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Spec;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>Nodes that move axes, and those that leave some out: the last step.</summary>
internal sealed partial class OnnxChain
{
    /// <summary>The axes behind a node that moves them alone; null for any other node.</summary>
    private IReadOnlyList<OnnxAxis>? Moved(OnnxNode node, OnnxSignal signal)
    {
        IReadOnlyList<OnnxAxis> axes = signal.Axes;
        int rank = axes.Count;
        long[]? Numbers(int input, string attribute) => Known(node.Input(input))?.Integers ?? node.Attributes.GetValueOrDefault(attribute)?.Items.Select(i => (long)i.Number).ToArray();
        int At(long axis) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw new InvalidDataException($"The file is damaged: {node.Title} has no axis {axis}.");
        switch (node.Type)
        {
            case "Identity" or "Cast" or "Dropout":
                return axes;
            case "Transpose":
                long[] order = Numbers(1, "perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
                return order.Length == rank && order.Distinct().Count() == rank ? [.. order.Select(axis => axes[At(axis)])] : throw new InvalidDataException($"The file is damaged: {node.Title} has another order than of {rank} axes.");
            case "Squeeze":
                HashSet<int> left = [.. Numbers(1, "axes")?.Select(At) ?? Enumerable.Range(0, rank).Where(i => axes[i].Kind == OnnxAxisKind.Single)];
                return left.All(i => axes[i].Kind == OnnxAxisKind.Single) ? [.. axes.Where((_, i) => !left.Contains(i))] : null;
            case "Unsqueeze" when Numbers(1, "axes") is { } wanted:
                int wider = rank + wanted.Length, next = 0;
                HashSet<long> places = [.. wanted.Select(a => a < 0 ? a + wider : a)];
                return places.Count == wanted.Length && places.All(p => p >= 0 && p < wider) ? [.. Enumerable.Range(0, wider).Select(i => places.Contains(i) ? new OnnxAxis(OnnxAxisKind.Single, 1) : axes[next++])] : null;
            case "Reshape" when Known(node.Input(1)) is { } shape:
                return Reshaped(node, axes, shape.Integers);
            case "Flatten" when (node.Attributes.GetValueOrDefault("axis")?.Number ?? 1) == 1:
                return Reshaped(node, axes, [0, -1]);
            case "Gather" when Known(node.Input(1)) is { } index && index.Values.Length == 1:
                int axis = At((long)(node.Attributes.GetValueOrDefault("axis")?.Number ?? 0));
                if (axes[axis].Kind == OnnxAxisKind.Single && index.Values[0] is (0 or -1))
                    return [.. axes.Where((_, i) => i != axis || index.Shape.Length == 1)];
                return IsLast(axes[axis], (long)index.Values[0]) ? LastStep(axes, axis, keeps: index.Shape.Length == 1) : null;
            case "Slice" when Numbers(1, "starts") is [var start] && Numbers(2, "ends") is [var end] && (Numbers(4, "steps") ?? [1]) is [1]:
                int cut = At((Numbers(3, "axes") ?? []).FirstOrDefault());
                long size = axes[cut].Size, first = start < 0 ? start + size : start, behind = end < 0 ? end + size : end;
                if (first <= 0 && behind >= size)
                    return axes;
                return first == size - 1 && behind >= size && IsLast(axes[cut], -1) ? LastStep(axes, cut, keeps: true) : null;
            default:
                return null;
        }
    }

    private static bool IsLast(OnnxAxis axis, long index) => axis.Kind == OnnxAxisKind.Steps && (index == -1 || index == axis.Size - 1);

    private IReadOnlyList<OnnxAxis> LastStep(IReadOnlyList<OnnxAxis> axes, int axis, bool keeps)
    {
        ImportedSequence.TakeLastStep(InputOf(), _layers, ImportedSequence.LastStep, _request);
        _version++;
        return Without(axes, axis, keeps);
    }

    /// <summary>The axes without one, which may stay with a size of 1.</summary>
    private static List<OnnxAxis> Without(IReadOnlyList<OnnxAxis> axes, int axis, bool keeps)
    {
        List<OnnxAxis> left = [.. axes];
        if (keeps)
            left[axis] = new OnnxAxis(OnnxAxisKind.Single, 1);
        else
            left.RemoveAt(axis);
        return left;
    }

    /// <summary>Axes side by side that become one, and one that becomes what it was made of; null where it is another change.</summary>
    private List<OnnxAxis>? Reshaped(OnnxNode node, IReadOnlyList<OnnxAxis> axes, long[] shape)
    {
        long total = 1;
        foreach (OnnxAxis axis in axes)
            total = checked(total * axis.Size);
        long[] sizes = [.. shape.Select((size, i) => size == 0 && i < axes.Count ? axes[i].Size : size)];
        if (sizes.Count(s => s == -1) is > 1 || sizes.Any(s => s < -1))
            throw new InvalidDataException($"The file is damaged: {node.Title} has no shape.");
        long rest = sizes.Where(s => s != -1).Aggregate(1L, (a, b) => a <= total ? a * b : a);
        if (rest == 0 || total % rest != 0)
            throw new InvalidDataException($"The file is damaged: {node.Title} has another number of elements.");
        sizes = [.. sizes.Select(s => s == -1 ? total / rest : s)];
        var left = new Queue<OnnxAxis>(axes.Where(a => a.Kind != OnnxAxisKind.Single).SelectMany(a => sizes.Contains(a.Size) || a.Parts.Count == 0 ? (IReadOnlyList<OnnxAxis>)[a] : a.Parts));
        var result = new List<OnnxAxis>();
        foreach (long size in sizes)
        {
            if (size == 1)
            {
                result.Add(new OnnxAxis(OnnxAxisKind.Single, 1));
                continue;
            }

            var group = new List<OnnxAxis>();
            long product = 1;
            while (product < size && left.TryDequeue(out OnnxAxis? next))
            {
                group.Add(next);
                product *= next.Size;
            }

            if (product != size || Merged(node, group) is not { } merged)
                return null;
            result.Add(merged);
        }

        return left.Count == 0 ? result : null;
    }

    private OnnxAxis? Merged(OnnxNode node, List<OnnxAxis> group)
    {
        long size = group.Aggregate(1L, (a, b) => a * b.Size);
        switch (group.Select(a => a.Kind).ToArray())
        {
            case [_]:
                return group[0];
            case [OnnxAxisKind.Directions, OnnxAxisKind.Features]:
                return new OnnxAxis(OnnxAxisKind.Features, size);
            case [OnnxAxisKind.Rows, OnnxAxisKind.Steps] or [OnnxAxisKind.Steps, OnnxAxisKind.Rows]:
                return new OnnxAxis(OnnxAxisKind.RowsAndSteps, size) { Parts = [.. group] };
            case [OnnxAxisKind.Steps, OnnxAxisKind.Features]:
                Add(node, "Flatten", null);
                return new OnnxAxis(OnnxAxisKind.Features, size);
            case [OnnxAxisKind.Features, OnnxAxisKind.Steps]:
                Add(node, "Permute", null, ("Dims", FlagValue.Of(new[] { "2", "1" })));
                Add(node, "Flatten", null);
                return new OnnxAxis(OnnxAxisKind.Features, size);
            default:
                return null;
        }
    }
}
