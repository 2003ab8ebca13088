using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Gradients;

/// <summary>
/// Gradient calls that run chunk by chunk together: what one chunk of steps left is read from the caches by all of them, where one after
/// the other would each fetch all steps from memory (an LSTM of 128 units, 64 rows and 100 steps leaves 13 MB).
/// </summary>
/// <param name="Chunks">Chunks of steps; 1 if the calls take all at once.</param>
/// <param name="Calls">In the order of the program.</param>
public sealed record GradientGroup(int Chunks, IReadOnlyList<GradientCall> Calls)
{
    /// <summary>What the scans leave for it.</summary>
    public IEnumerable<Sequence> Rights => Calls.Select(c => c.Gradient.Right).Distinct();

    /// <summary>Neighbours that read the same right side in the same chunks go together, and those of parts of a layer's gradient that read the same left side.</summary>
    public static IEnumerable<GradientGroup> Of(IEnumerable<GradientCall> calls)
    {
        List<GradientCall> together = new();
        foreach (GradientCall call in calls)
        {
            if (together.Count > 0 && !together.Any(other => IsShared(other, call)))
            {
                yield return new GradientGroup(together[0].Chunks, together.ToList());
                together.Clear();
            }

            together.Add(call);
        }

        if (together.Count > 0)
            yield return new GradientGroup(together[0].Chunks, together);
    }

    private static bool IsShared(GradientCall a, GradientCall b) => a.Chunks == b.Chunks
        && (a.Gradient.Right == b.Gradient.Right || (a.Gradient.Left is { } left && left == b.Gradient.Left && a.Gradient.Layer == b.Gradient.Layer));
}
