using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>The summary of all runs: cases by kind, what is not supported, and the error figures beside Keras' own.</summary>
internal static class GoldenReport
{
    public static string Write(GoldenSuite suite, IReadOnlyList<RunResult> results)
    {
        var text = new StringBuilder();
        Line(text, $"Golden cases ({suite.ModelCount} models, {suite.Compilation.GeneratedCharacters / 1024} KB generated)");
        Line(text, $"{"kind",-14} {"cases",6} {"ran",6} {"runs",6} {"failed",6} {"not supported",14}");
        foreach (var kind in suite.Cases.GroupBy(c => c.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            RunResult[] runs = results.Where(r => r.Plan.Case.Kind == kind.Key).ToArray();
            Line(text, $"{kind.Key,-14} {kind.Count(),6} {kind.Count(c => suite.Plans.ContainsKey(c.Name)),6} {runs.Length,6} {runs.Count(r => !r.Passes),6} {kind.Count(c => suite.NotSupported.ContainsKey(c.Name)),14}");
        }

        Line(text, $"\nPer tensor: max |difference| / max |value|");
        Line(text, $"{"",-24} {"tensors",8} {"median",9} {"worst",9}  in");
        Figures(text, "outputs", TensorRole.Output, results);
        Figures(text, "weight gradients", TensorRole.WeightGradient, results);
        Figures(text, "input gradients", TensorRole.InputGradient, results);
        Figures(text, "state gradients", TensorRole.StateGradient, results);
        Line(text, $"{"Keras' float32",-24} {"",8} {1.3e-7,9:0.0e-0} {1.2e-6,9:0.0e-0}  (outputs of the 165 model cases)");
        Line(text, $"{"",-24} {"",8} {2.4e-7,9:0.0e-0} {1.6e-6,9:0.0e-0}  (weight gradients)");

        Line(text, $"\nRan: {string.Join(", ", suite.Plans.Keys)}");
        Line(text, $"\nNot supported:");
        foreach (var reason in suite.NotSupported.GroupBy(c => c.Value, c => c.Key).OrderByDescending(g => g.Count()))
            Line(text, $"  {reason.Key}: {string.Join(", ", reason)}");
        foreach (RunResult failed in results.Where(r => !r.Passes))
            Line(text, $"FAILED {Line(failed)}");
        return text.ToString();
    }

    /// <summary>A failed run in one line.</summary>
    public static string Line(RunResult result)
    {
        string why = result.Failure is { } failure
            ? $"{failure.GetType().Name}: {failure.Message.Split('\n')[0]}"
            : result.Errors.Count == 0 ? "nothing was compared" : string.Join("; ", result.Errors.Where(e => !e.Passes).Take(3));
        return $"{result.Plan.Case.Name} ({result.Variant.ClassName}): {why}";
    }

    /// <summary>One line a precision: median and worst of a kind of tensor, and which one that is.</summary>
    private static void Figures(StringBuilder text, string name, TensorRole role, IEnumerable<RunResult> results)
    {
        foreach (var precision in results.GroupBy(r => r.Variant.IsDouble).OrderBy(g => g.Key))
        {
            (RunResult Run, TensorError Error)[] sorted = precision
                .SelectMany(run => run.Errors.Where(e => e.Role == role && e.Magnitude > 0).Select(error => (run, error)))
                .OrderBy(pair => pair.error.Ratio).ToArray();
            if (sorted.Length == 0)
                continue;
            (RunResult run, TensorError worst) = sorted[^1];
            Line(text, $"{name + (precision.Key ? ", double" : ""),-24} {sorted.Length,8} {sorted[sorted.Length / 2].Error.Ratio,9:0.0e-0} {worst.Ratio,9:0.0e-0}  {run.Plan.Case.Name} ({run.Variant.ClassName}), {worst.Name}: {worst.Difference:0.0e-0} of {worst.Magnitude:0.0e-0}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
