using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>What training prints, character by character. The expected text is that of Keras 3's <c>Progbar</c> at the same times.</summary>
public sealed class ProgressTests
{
    private const string Bold = "\u001b[1m";
    private const string Green = "\u001b[32m";
    private const string Grey = "\u001b[37m";
    private const string Plain = "\u001b[0m";

    [Fact]
    public void A_bar_moves_at_most_20_times_a_second_and_ends_with_validation()
    {
        string epoch =
            $"\r{Bold}1/3{Plain} {Green}━━━━━━{Plain}{Grey}━━━━━━━━━━━━━━{Plain} {Bold}0s{Plain} 14ms/step - loss: 0.2500" +
            Back(52) + $"\r{Bold}3/3{Plain} {Green}━━━━━━━━━━━━━━━━━━━━{Plain}{Grey}{Plain} {Bold}0s{Plain} 14ms/step - loss: 0.2500 - val_loss: 0.0000e+00\n";
        Assert.Equal($"Epoch 1/2\n{epoch}Epoch 2/2\n{epoch}", Print(Verbosity.Progress, steps: 3, milliseconds: 14, epochs: 2, validates: true));
    }

    /// <summary>Lines of 52 columns in a terminal of 40: each is written over the one before.</summary>
    [Fact]
    public void A_line_that_the_terminal_wraps_is_written_over_from_its_first_row_on()
    {
        var clock = new ManualClock();
        var output = new StringWriter();
        var options = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Verbose = Verbosity.Progress, Output = output, TimeProvider = clock };
        ProgressReport report = ProgressReport.Create(options, steps: 3, () => 40)!;
        report.BeginEpoch(1);
        for (int step = 1; step <= 3; step++)
        {
            clock.Advance(100);
            report.EndStep(step, ["loss"], [0.25]);
        }

        report.EndEpoch([new("loss", 0.25)]);
        string[] lines = output.ToString().Split('\r');
        Assert.Equal(5, lines.Length);
        Assert.All(lines[1..^1], line => Assert.EndsWith("loss: 0.2500\u001b[1A", line.TrimEnd('\b'), StringComparison.Ordinal));
        Assert.EndsWith("loss: 0.2500\n", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Epoch_lines()
    {
        const string line = "3/3 - 0s - 14ms/step - loss: 0.2500 - val_loss: 0.0000e+00\n";
        Assert.Equal($"Epoch 1/2\n{line}Epoch 2/2\n{line}", Print(Verbosity.EpochLines, steps: 3, milliseconds: 14, epochs: 2, validates: true));
        Assert.Equal("3/3 - 0s - 250us/step - loss: 0.2500\n", Print(Verbosity.EpochLines, steps: 3, milliseconds: 0.25));
    }

    [Fact]
    public void A_single_step() => Assert.Equal(
        $"\r{Bold}1/1{Plain} {Green}━━━━━━━━━━━━━━━━━━━━{Plain}{Grey}{Plain} {Bold}0s{Plain} 2s/step - loss: 0.2500" +
        Back(50) + $"\r{Bold}1/1{Plain} {Green}━━━━━━━━━━━━━━━━━━━━{Plain}{Grey}{Plain} {Bold}2s{Plain} 2s/step - loss: 0.2500\n",
        Print(Verbosity.Progress, steps: 1, milliseconds: 2000));

    [Fact]
    public void Time_left_is_in_minutes_and_a_shorter_line_covers_a_longer_one()
    {
        string text = Print(Verbosity.Progress, steps: 12, milliseconds: 65000);
        Assert.StartsWith(
            $"\r{Bold} 1/12{Plain} {Green}━{Plain}{Grey}━━━━━━━━━━━━━━━━━━━{Plain} {Bold}11:55{Plain} 65s/step - loss: 0.2500" +
            Back(56) + $"\r{Bold} 2/12{Plain} {Green}━━━{Plain}{Grey}━━━━━━━━━━━━━━━━━{Plain} {Bold}10:50{Plain} 65s/step - loss: 0.2500" +
            Back(56) + $"\r{Bold} 3/12{Plain} {Green}━━━━━{Plain}{Grey}━━━━━━━━━━━━━━━{Plain} {Bold}9:45{Plain} 65s/step - loss: 0.2500 " +
            Back(55) + $"\r{Bold} 4/12{Plain} ",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith(
            Back(53) + $"\r{Bold}12/12{Plain} {Green}━━━━━━━━━━━━━━━━━━━━{Plain}{Grey}{Plain} {Bold}780s{Plain} 65s/step - loss: 0.2500\n",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Time_left_is_in_hours() => Assert.Contains(
        $"{Bold}1:06:40{Plain} 4000s/step - loss: 0.2500" + Back(58) + "\r", Print(Verbosity.Progress, steps: 2, milliseconds: 4_000_000), StringComparison.Ordinal);

    [Theory]
    [InlineData(Verbosity.Silent, "")]
    [InlineData(Verbosity.Auto, "3/3 - 0s - 14ms/step - loss: 0.2500\n")]
    public void Silence_and_the_default_for_a_writer(Verbosity verbosity, string expected) =>
        Assert.Equal(expected, Print(verbosity, steps: 3, milliseconds: 14));

    [Fact]
    public void Nothing_is_printed_to_a_console_that_is_redirected()
    {
        // A test host has no terminal: the default must be silent here.
        Assert.True(Console.IsOutputRedirected);
        TextWriter console = Console.Out;
        using var captured = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(captured);
        try
        {
            var shape = new AffineShape(1, 1);
            new AffineModel<float>(shape).Fit(Models.Data<float>(shape, 40), new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Epochs = 2 });
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.Equal("", captured.ToString());
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var hostile = (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone();
            hostile.NumberFormat.NegativeSign = "\u2212";
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal("3/3 - 0s - 14ms/step - loss: 0.2500 - val_loss: 0.0000e+00\n", Print(Verbosity.EpochLines, steps: 3, milliseconds: 14, validates: true));
            Assert.Equal("loss: 9.7656e-04", LossText(Math.Pow(2, -10)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Python's '%.4f' % x for |x| > 1e-3, else '%.4e' % x; ties to even.
    [Theory]
    [InlineData(0.03125, "0.0312")]
    [InlineData(0.09375, "0.0938")]
    [InlineData(0.15625, "0.1562")]
    [InlineData(1234.03125, "1234.0312")]
    [InlineData(1.00005, "1.0001")]
    [InlineData(12.34565, "12.3456")]
    [InlineData(123456.78905, "123456.7891")]
    [InlineData(0.0010001, "0.0010")]
    [InlineData(0.001, "1.0000e-03")]
    [InlineData(0.0009, "9.0000e-04")]
    [InlineData(1e-120, "1.0000e-120")]
    [InlineData(0, "0.0000e+00")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    public void Numbers_look_like_Pythons(double value, string expected) => Assert.Equal("loss: " + expected, LossText(value));

    // The loss of a prediction of 0 at a target of x is x.
    private static string LossText(double value)
    {
        var model = new AffineModel<double>(new AffineShape(1, 1));
        model.UpdateParameters(0, static (parameters, _) => parameters.Clear());
        return model.Evaluate(new DataSet<double>(new double[1], new double[] { value }), Loss.MeanAbsoluteError).ToString();
    }

    // Predictions are 0.15; targets 0.65, and 0.15 for validation.
    private static string Print(Verbosity verbosity, int steps, double milliseconds, int epochs = 1, bool validates = false)
    {
        var clock = new ManualClock();
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var model = new AffineModel<double>(new AffineShape(1, 1)) { OnForwardRows = _ => clock.Advance(milliseconds) };
        double prediction = model.Parameters[^1];
        var options = new FitOptions
        {
            Optimizer = new Sgd { LearningRate = 0 },
            Loss = Loss.MeanSquaredError,
            Epochs = epochs,
            BatchSize = 1,
            Verbose = verbosity,
            Output = writer,
            TimeProvider = clock,
            Validation = validates ? new DataSet<double>(new double[4], Enumerable.Repeat(prediction, 4).ToArray()) : null,
        };
        History history = model.Fit(new DataSet<double>(new double[steps], Enumerable.Repeat(prediction + 0.5, steps).ToArray()), options);
        Assert.Equal(steps * milliseconds * epochs, history.Duration.TotalMilliseconds, 1e-6);
        return writer.ToString();
    }

    private static string Back(int count) => new StringBuilder().Append('\b', count).ToString();
}
