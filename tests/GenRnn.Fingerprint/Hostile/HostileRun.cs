using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GenRnn.Fingerprint.Hostile;

/// <summary>A call of one public member with arguments of whoever runs it.</summary>
public delegate void HostileCall(HostileValues values);

/// <summary>Runs many calls, each of which may throw what it likes, as long as the process lives and nothing else is written.</summary>
public static class HostileRun
{
    // A call that gives one of these was not checked, but found itself broken.
    private static readonly Type[] s_unchecked = [typeof(NullReferenceException), typeof(InvalidCastException), typeof(AccessViolationException), typeof(InvalidProgramException)];

    private static readonly string[] s_running = [".Predict", ".Step", "Forward", "Backward", ".ParameterGradients", ".UpdateStatistics", ".SetValues", ".Read"];

    // A piece that went through is often followed by the next one, on the same model and memory: by luck alone a whole pass is rare.
    private static readonly string[] s_pieces = ["BeginForward", "ForwardRows", "EndForward", "BeginBackward", "BackwardRows", "ParameterGradients", "EndBackward"];

    /// <summary>Prints a line for each member, with how often it went through, and gives 0, or 1 after a line that says what went wrong.</summary>
    /// <param name="calls">The members by name.</param>
    /// <param name="models">Makes the models that they are called on.</param>
    /// <param name="seed">Where all choices come from.</param>
    /// <param name="count">Number of calls.</param>
    public static int Run(IReadOnlyList<(string Name, HostileCall Call)> calls, Func<IEnumerable<object>> models, int seed, int count)
    {
        Directory.SetCurrentDirectory(Directory.CreateTempSubdirectory("genrnn-hostile-").FullName);
        var random = new Random(seed);
        int[] made = new int[calls.Count], passed = new int[calls.Count];
        // What runs kernels is called as often as all the rest.
        int[] running = [.. Enumerable.Range(0, calls.Count).Where(i => s_running.Any(w => calls[i].Name.Contains(w, StringComparison.Ordinal)))];
        var broken = new Dictionary<string, string>();
        int[] next = [.. calls.Select(c => Next(calls, c.Name))];
        int follower = -1;
        HostileValues values = new(seed, models());
        for (int i = 0; i < count; i++)
        {
            // Models whose weights are NaN by then are as good as others, but one that only throws is not.
            if (i % 5000 == 4999)
            {
                values = new HostileValues(seed + i, models());
                follower = -1;
            }

            int which = random.Next(2) == 0 ? random.Next(calls.Count) : running[random.Next(running.Length)];
            bool follows = follower >= 0 && random.Next(8) > 0;
            if (follows)
                which = follower;
            follower = -1;
            made[which]++;
            values.Begin(follows);
            try
            {
                calls[which].Call(values);
                passed[which]++;
                follower = next[which];
            }
            catch (Exception error) when (!s_unchecked.Contains(error.GetType()))
            {
                // Refused.
            }
            catch (Exception error)
            {
                broken.TryAdd(calls[which].Name, $"call {i}, {calls[which].Name}, was not refused: {error}");
            }

            if (values.FindStray() is >= 0 and int at)
            {
                Console.WriteLine($"call {i}, {calls[which].Name}, wrote byte {at} beside its spans");
                return 1;
            }

            // A broken heap is found out when it is walked.
            if (i % 500 == 0)
                GC.Collect();
        }

        foreach (string line in broken.Values)
            Console.WriteLine(line);
        for (int i = 0; i < calls.Count; i++)
            Console.WriteLine($"{calls[i].Name}: {passed[i]} of {made[i]}");
        return broken.Count == 0 ? 0 : 1;
    }

    /// <summary>The piece of a pass that comes after one, of the same interface or class; -1 after anything else.</summary>
    private static int Next(IReadOnlyList<(string Name, HostileCall Call)> calls, string name)
    {
        int dot = name.LastIndexOf('.'), piece = Array.IndexOf(s_pieces, name[(dot + 1)..]);
        if (piece < 0 || piece == s_pieces.Length - 1)
            return -1;
        return Enumerable.Range(0, calls.Count).FirstOrDefault(i => calls[i].Name == name[..(dot + 1)] + s_pieces[piece + 1], -1);
    }
}
