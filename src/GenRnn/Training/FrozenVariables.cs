using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>Variables that a training leaves as they are: <see cref="FitOptions.Frozen"/>.</summary>
internal static class FrozenVariables
{
    /// <summary>The model as a training sees it: what is named is not trainable.</summary>
    /// <exception cref="ArgumentException">A name is no layer's and no variable's, or of moving statistics, which follow the batches whatever the optimiser does.</exception>
    public static ModelInfo Apply(ModelInfo info, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return info;
        var frozen = new HashSet<VariableInfo>();
        foreach (string name in names)
        {
            VariableInfo[] found = [.. info.Variables.Where(variable => IsNamed(variable, name))];
            if (found.Length == 0)
                throw new ArgumentException($"Frozen names '{name}', which is no layer and no variable of {info.Name}; its variables are {string.Join(", ", info.Variables.Select(v => v.Path))}.", nameof(names));
            if (found.FirstOrDefault(v => v.Path.EndsWith("/moving_mean", StringComparison.Ordinal) || v.Path.EndsWith("/moving_variance", StringComparison.Ordinal)) is { IsTrainable: false } statistic)
            {
                throw new ArgumentException(
                    $"Frozen names '{name}', and {statistic.Path} follows the batches: write Trainable = false on that layer, which then works as in inference, or name its gamma and beta.", nameof(names));
            }

            frozen.UnionWith(found);
        }

        return info with { Variables = [.. info.Variables.Select(variable => frozen.Contains(variable) ? variable with { IsTrainable = false } : variable)] };
    }

    private static bool IsNamed(VariableInfo variable, string name) =>
        variable.Path == name || (name.Length > 0 && variable.Path.StartsWith(name + "/", StringComparison.Ordinal));
}
