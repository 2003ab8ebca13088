using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Training.Tests.Checkpoints;
using Xunit;

namespace GenRnn.Training.Tests.Watching;

/// <summary>The page about a training: what is on it, and that it needs nothing else.</summary>
public sealed partial class HtmlReportTests
{
    [Fact]
    public void A_page_shows_results_rates_gradients_weights_layers_and_machine_and_asks_for_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "report.html");
        var model = new NoisyModel(seed: 1);
        History history = model.Fit(CheckpointRuns.Data(CheckpointRuns.Noisy, 96, 1), new FitOptions
        {
            Optimizer = new Adam { LearningRate = new ExponentialDecay(0.01, 10, 0.5) }, Loss = Loss.MeanSquaredError, Metrics = [Metric.MeanAbsoluteError], ValidationSplit = 0.25, Epochs = 4, Seed = 12345,
            Callbacks = [new HtmlReport(path)], Verbose = Verbosity.Silent,
        });

        string page = File.ReadAllText(path);
        foreach (string text in (string[])[
            "Training of NoisyModel", "<figcaption>loss</figcaption>", "<figcaption>mean_absolute_error</figcaption>", "<figcaption>learning rate</figcaption>", "gradient norm by layer",
            "prefers-color-scheme: dark", "id=\"log\"", "<th>seed</th><td class=\"value\">12345</td>", "ExponentialDecay(0.01, 10, 0.5)", $"epoch 4: {history["val_loss"][3].ToString("R", CultureInfo.InvariantCulture)}<"])
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        foreach (LayerInfo layer in NoisyModel.Info.Layers)
            Assert.Contains($"<tr><td>{layer.Name}</td><td>{layer.Type}</td>", page, StringComparison.Ordinal);
        foreach (VariableInfo variable in NoisyModel.Info.Variables)
            Assert.Contains($"<figcaption>{variable.Path} ", page, StringComparison.Ordinal);
        foreach (string forbidden in (string[])["http", "//", "src=", "<script", "<link", "url(", "@import", "NaN", "∞"])
            Assert.DoesNotContain(forbidden, page, StringComparison.Ordinal);
        // Four charts, each with both axes.
        Assert.Equal((4, 4), (Regex.Count(page, "class=\"chart linear\""), Regex.Count(page, "class=\"chart log\"")));
        Assert.All(Tag().Matches(page).GroupBy(match => match.Groups[1].Value), group =>
            Assert.Equal(Regex.Count(page, $"<{group.Key}( [^>]*[^/>])?>"), Regex.Count(page, $"</{group.Key}>")));
    }

    [Fact]
    public void Results_that_are_no_numbers_leave_a_gap_and_a_name_is_no_markup()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "report.html");
        var shape = new AffineShape(Features: 3, Units: 2, Batch: 8);
        var odd = new Odd();
        new AffineModel<double>(shape).Fit(Models.Data<double>(shape, 20), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 6, Callbacks = [odd, new HtmlReport(path)] });
        string page = File.ReadAllText(path);
        Assert.Contains("<figcaption>a&lt;b&gt;&quot;</figcaption>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a<b>", page, StringComparison.Ordinal);
        Assert.Contains("No positive value", page, StringComparison.Ordinal);
        // Two epochs, a gap, and two more: two beginnings of a line.
        Match gap = Regex.Match(page, "aria-label=\"gap by epoch, linear axis\".*?<g class=\"line c0\"><path d=\"([^\"]*)\"");
        Assert.Equal(2, gap.Groups[1].Value.Count(c => c == 'M'));
    }

    [Theory]
    [InlineData(0.012, 0.034)]
    [InlineData(-5, 1200)]
    [InlineData(3, 3)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(1e-7, 1e8)]
    [InlineData(0, 1e300)]
    public void An_axis_has_a_few_round_labels_inside(double low, double high)
    {
        foreach (bool isLog in (bool[])[false, true])
        {
            ChartAxis axis = ChartAxis.Of([low, high, double.NaN], isLog)!;
            Assert.InRange(axis.Ticks().Count, isLog ? 0 : 2, 6);
            Assert.All(axis.Ticks(), tick => Assert.InRange(axis.Of(tick), -1e-9, 1 + 1e-9));
            Assert.InRange(axis.Of(high), 0.49, 1);
            Assert.True(isLog && low <= 0 ? double.IsNaN(axis.Of(low)) : axis.Of(low) is >= 0 and <= 0.51);
        }

        Assert.Null(ChartAxis.Of([double.NaN], isLog: false));
        Assert.Null(ChartAxis.Of([-1, 0], isLog: true));
    }

    [GeneratedRegex("</(\\w+)>")]
    private static partial Regex Tag();

    private sealed class Odd : Callback
    {
        public override void OnEpochEnd(TrainingRun training, int epoch, EpochResult result)
        {
            result.Report("a<b>\"", -epoch);
            result.Report("gap", epoch is 2 or 3 ? double.NaN : epoch);
        }
    }
}
