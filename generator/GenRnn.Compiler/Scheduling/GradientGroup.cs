using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// Gradient calls that run chunk by chunk together: what one chunk of steps left is read from the caches by all of them, where one after
/// the other would each fetch all steps from memory (an LSTM of 128 units, 64 rows and 100 steps leaves 13 MB).
/// </summary>
/// <param name="Chunks">Chunks of steps; 1 if the calls take all at once.</param>
/// <param name="Calls">In the order of the program.</param>
public sealed record GradientGroup(int Chunks, IReadOnlyList<GradientCall> Calls)
{
    /// <summary>Neighbours that read the same right side in the same chunks go together.</summary>
    public static IEnumerable<GradientGroup> Of(IEnumerable<GradientCall> calls)
    {
        List<GradientCall> together = new();
        foreach (GradientCall call in calls)
        {
            if (together.Count > 0 && (together[0].Chunks != call.Chunks || together[0].Gradient.Right != call.Gradient.Right))
            {
                yield return new GradientGroup(together[0].Chunks, together.ToList());
                together.Clear();
            }

            together.Add(call);
        }

        if (together.Count > 0)
            yield return new GradientGroup(together[0].Chunks, together);
    }
}
