using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Scheduling;

/// <summary>The limits that a developer sets with [Budget]. What exceeds one comes with what each layer costs.</summary>
public static class ModelBudget
{
    private const int BuffersNamed = 4;

    /// <summary>A finding for each limit that is exceeded, or that is none.</summary>
    public static IEnumerable<Finding> Check(ModelSpec spec, Schedule schedule)
    {
        foreach (FlagSpec limit in spec.Budget)
        {
            if (limit.Value.Number <= 0)
            {
                yield return Finding(Rules.ValueOutOfRange, limit, Format("{0} must be positive; got {1}", limit.Name, limit.Value.Number));
                continue;
            }

            (long cost, string unit, string table) = limit.Name switch
            {
                "MaxParameters" => (schedule.Program.Layers.Sum(l => (long)l.ParameterCount), "parameters", PerLayer(spec, schedule, l => l.ParameterCount)),
                "MaxMultiplyAdds" => (schedule.Program.Layers.Sum(l => l.MultiplyAddsPerRow), "multiply-adds a row", PerLayer(spec, schedule, l => l.MultiplyAddsPerRow)),
                "MaxWorkspaceBytes" => (schedule.WorkspaceBytes, "bytes of workspace", PerBuffer(spec, schedule)),
                _ => throw new InvalidOperationException("No rule for the limit '" + limit.Name + "'."),
            };
            if (cost > limit.Value.Number)
            {
                yield return Finding(Rules.BeyondOwnBudget, limit, Format(
                    "'{0}' takes {1:N0} {2}, {3:N0} more than its budget of {4:N0}: {5}",
                    spec.Class.Name.TrimStart('@'), cost, unit, cost - limit.Value.Number, limit.Value.Number, table));
            }
        }
    }

    /// <summary>The layers in order, with what each takes of the sum.</summary>
    private static string PerLayer(ModelSpec spec, Schedule schedule, Func<LayerNode, long> cost)
    {
        IEnumerable<string> layers = spec.Items.Where(i => !i.IsInput).Select(i => i.Describe());
        return string.Join(" + ", layers.Zip(schedule.Program.Layers, (name, layer) => Format("{0} {1:N0}", name, cost(layer))));
    }

    /// <summary>
    /// Gradients belong to layers. Buffers share the arena, so they do not sum up to it; the largest are where there is something to gain.
    /// </summary>
    private static string PerBuffer(ModelSpec spec, Schedule schedule)
    {
        long element = schedule.Target.ElementBytes;
        IEnumerable<string> largest = schedule.Training.Arena.Buffers.Select(b => b.Buffer)
            .OrderByDescending(b => b.Length).ThenBy(b => b.Name, StringComparer.Ordinal)
            .Take(BuffersNamed)
            .Select(b => Format("{0} {1:N0}", b.Name, b.Length * element));
        return Format(
            "gradients {0}, and an arena of {1:N0} for {2} rows, in which the largest buffers are {3}",
            PerLayer(spec, schedule, l => l.ParameterCount * element), schedule.Training.Arena.Length * element, schedule.Batch, string.Join(", ", largest));
    }

    private static Finding Finding(Rule rule, FlagSpec limit, string message) =>
        new(rule, new Place(-1, Flag: limit.Name), message);

    private static string Format(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
