using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace GenRnn;

/// <summary>What a report shows.</summary>
/// <param name="Run">The training.</param>
/// <param name="Epochs">What its epochs gave so far.</param>
/// <param name="Rates">The learning rate at the end of each.</param>
/// <param name="Layers">Names of the layers that have gradients.</param>
/// <param name="Norms">Mean norm of their gradients in each epoch: [epoch][layer].</param>
/// <param name="Weights">How the weights of each variable are spread, at the start and now.</param>
/// <param name="Began">When this process began to train.</param>
internal sealed record ReportData(
    TrainingRun Run, IReadOnlyList<EpochResult> Epochs, IReadOnlyList<double> Rates, IReadOnlyList<string> Layers, IReadOnlyList<double> Norms,
    IReadOnlyList<(VariableInfo Variable, Histogram Start, Histogram Now)> Weights, DateTimeOffset Began);

/// <summary>A training as one HTML page that asks the network for nothing and runs no script.</summary>
internal static class ReportPage
{
    private const string ValidationPrefix = "val_";

    public static string Of(ReportData data)
    {
        string name = WebUtility.HtmlEncode(data.Run.Model.Name);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Append(CultureInfo.InvariantCulture, $"<title>Training of {name}</title>\n<style>\n{ReportStyle.Css}\n</style></head>\n<body>\n");
        WriteHead(page, name, data);
        page.Append("<input type=\"checkbox\" id=\"log\" aria-label=\"Logarithmic axes\"><label class=\"switch\" for=\"log\"><i></i>Logarithmic axes</label>\n<main>\n");
        if (data.Epochs.Count > 0)
            WriteCharts(page, data);
        WriteHistograms(page, data);
        WriteLayers(page, data.Run.Model);
        WriteEnvironment(page, data);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void WriteHead(StringBuilder page, string name, ReportData data)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h1>Training of {name}</h1>\n<p class=\"soft\">{data.Epochs.Count} of {data.Run.Epochs} epochs, {data.Run.Batches:N0} batches, {data.Run.Model.ParameterCount:N0} parameters</p>\n");
        if (data.Epochs.Count == 0)
            return;
        page.Append("<dl class=\"head\">");
        EpochResult last = data.Epochs[^1];
        foreach ((string result, double value) in last.Logs)
            page.Append(CultureInfo.InvariantCulture, $"<div><dt>{WebUtility.HtmlEncode(result)}</dt><dd>{NumberText.Value(value)}</dd></div>");
        var time = data.Epochs.Aggregate(TimeSpan.Zero, (sum, epoch) => sum + epoch.Duration);
        page.Append(CultureInfo.InvariantCulture, $"<div><dt>time</dt><dd>{Time(time)}</dd></div></dl>\n");
    }

    private static string Time(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");

    private static void WriteCharts(StringBuilder page, ReportData data)
    {
        int first = data.Epochs[0].Epoch;
        page.Append("<h2>Results by epoch</h2>\n<div class=\"charts\">\n");
        string[] names = [.. data.Epochs.SelectMany(epoch => epoch.Logs.Select(entry => entry.Key)).Distinct()];
        foreach (string result in names.Where(n => !n.StartsWith(ValidationPrefix, StringComparison.Ordinal) && n != "learning_rate").OrderBy(n => n != "loss").ThenBy(n => n, StringComparer.Ordinal))
        {
            var lines = new List<ChartLine> { new("training", Column(data, result)) };
            if (names.Contains(ValidationPrefix + result))
                lines.Add(new ChartLine("validation", Column(data, ValidationPrefix + result)));
            LineChart.Write(page, result, first, lines);
        }

        LineChart.Write(page, "learning rate", first, [new ChartLine("at the end of the epoch", data.Rates)]);
        int layers = data.Layers.Count;
        if (layers > 0)
            LineChart.Write(page, "gradient norm by layer, mean of an epoch", first, [.. data.Layers.Select((layer, i) => new ChartLine(layer, [.. data.Norms.Where((_, at) => at % layers == i)]))]);
        page.Append("</div>\n");
    }

    private static double[] Column(ReportData data, string name) => [.. data.Epochs.Select(epoch => epoch.Logs.TryGetValue(name, out double value) ? value : double.NaN)];

    private static void WriteHistograms(StringBuilder page, ReportData data)
    {
        page.Append("<h2>Weights</h2>\n<p class=\"soft\">Filled: now. Outlined: when training began.</p>\n<div class=\"histograms\">\n");
        foreach ((VariableInfo variable, Histogram start, Histogram now) in data.Weights)
            HistogramChart.Write(page, variable, start, now);
        page.Append("</div>\n");
    }

    private static void WriteLayers(StringBuilder page, ModelInfo model)
    {
        page.Append("<h2>Layers</h2>\n<div class=\"scroll\"><table><thead><tr><th>layer</th><th>type</th><th>output shape</th><th class=\"number\">parameters</th><th class=\"number\">multiply-adds a row</th></tr></thead><tbody>\n");
        foreach (LayerInfo layer in model.Layers)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{WebUtility.HtmlEncode(layer.Name)}</td><td>{WebUtility.HtmlEncode(layer.Type)}</td><td>{WebUtility.HtmlEncode(layer.OutputShape)}</td><td class=\"number\">{layer.ParameterCount:N0}</td><td class=\"number\">{layer.MultiplyAddsPerRow:N0}</td></tr>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<tr><th>all</th><th></th><th></th><th class=\"number\">{model.ParameterCount:N0}</th><th class=\"number\">{model.MultiplyAddsPerRow:N0}</th></tr></tbody></table></div>\n");
    }

    private static void WriteEnvironment(StringBuilder page, ReportData data)
    {
        FitOptions options = data.Run.Options;
        (string Name, string Value)[] rows =
        [
            ("optimizer", options.Optimizer.ToString() ?? ""),
            ("loss", options.Loss.Description),
            ("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
            ("rows of a batch", (options.BatchSize ?? data.Run.Model.Batch).ToString(CultureInfo.InvariantCulture)),
            ("threads", options.Threads.ToString(CultureInfo.InvariantCulture)),
            ("began", data.Began.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) + (data.Run.IsResumed ? ", going on from a checkpoint" : "")),
            ("architecture", data.Run.Model.ArchitectureHash),
            ("GenRnn", typeof(ReportPage).Assembly.GetName().Version?.ToString() ?? ""),
            (".NET", Environment.Version.ToString()),
            ("system", $"{System.Runtime.InteropServices.RuntimeInformation.OSDescription}, {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}"),
            ("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ("vectors", string.Create(CultureInfo.InvariantCulture, $"{System.Numerics.Vector<byte>.Count * 8} bits")),
        ];
        page.Append("<h2>Settings and machine</h2>\n<div class=\"scroll\"><table><tbody>\n");
        foreach ((string name, string value) in rows)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{name}</th><td class=\"value\">{WebUtility.HtmlEncode(value)}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }
}
