using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace GenRnn;

/// <summary>Prints the progress of one epoch after the other in Keras 3's form: a moving bar, or a line an epoch.</summary>
/// <remarks>
/// One difference from Keras: until the end of an epoch its bar shows a mean over the steps of the running means that it is
/// given; here it shows the running means themselves. The last line is the same.
/// </remarks>
internal sealed class ProgressReport
{
    private const int BarWidth = 20;
    private const double SecondsBetweenUpdates = 0.05;
    private const string Bold = "\u001b[1m";
    private const string Green = "\u001b[32m";
    private const string Grey = "\u001b[37m";
    private const string Plain = "\u001b[0m";

    private readonly TextWriter _output;
    private readonly bool _isBar;
    private readonly int _epochs;
    private readonly TimeProvider _clock;
    private readonly Func<int> _terminalWidth;
    // Unknown until the first epoch has ended, if the data do not say it.
    private int? _steps;
    private int _done;
    private long _start;
    private int _stepsBefore;
    private double _afterFirstStep;
    private double _lastUpdate;
    private int _lastWidth;
    private int _shown;

    private ProgressReport(TextWriter output, bool isBar, int epochs, int? steps, TimeProvider clock, Func<int> terminalWidth)
    {
        _output = output;
        _terminalWidth = terminalWidth;
        _isBar = isBar;
        _epochs = epochs;
        _steps = steps;
        _clock = clock;
    }

    /// <summary>The report that the options ask for; null if nothing is to be printed.</summary>
    /// <param name="options">The options.</param>
    /// <param name="steps">Steps of an epoch; null if that is not known yet.</param>
    /// <param name="terminalWidth">Columns of the terminal, 0 for none; asked for each line, since windows change. Null for the console's.</param>
    public static ProgressReport? Create(FitOptions options, int? steps, Func<int>? terminalWidth = null)
    {
        Verbosity verbosity = options.Verbose;
        if (verbosity == Verbosity.Auto)
        {
            if (options.Output is not null)
                verbosity = Verbosity.EpochLines;
            else
                verbosity = Console.IsOutputRedirected ? Verbosity.Silent : Verbosity.Progress;
        }

        if (verbosity == Verbosity.Silent)
            return null;
        return new ProgressReport(options.Output ?? Console.Out, verbosity == Verbosity.Progress, options.Epochs, steps, options.TimeProvider, terminalWidth ?? (options.Output is null ? ConsoleWidth : static () => 0));
    }

    /// <summary>Starts an epoch.</summary>
    /// <param name="epoch">Which, from 1.</param>
    /// <param name="stepsBefore">Steps of it that a process before this one has done.</param>
    public void BeginEpoch(int epoch, int stepsBefore = 0)
    {
        _stepsBefore = stepsBefore;
        _start = _clock.GetTimestamp();
        _afterFirstStep = double.NaN;
        _lastUpdate = double.NegativeInfinity;
        _lastWidth = _shown = 0;
        if (_epochs > 1)
            _output.Write(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch}/{_epochs}\n"));
    }

    /// <summary>Notes that a step is done; moves the bar if that is due. Nothing is allocated if it is not.</summary>
    /// <param name="step">Number of steps done.</param>
    /// <param name="names">Names of the results so far, sorted.</param>
    /// <param name="values">Their values.</param>
    public void EndStep(int step, ReadOnlySpan<string> names, ReadOnlySpan<double> values)
    {
        _done = step;
        double now = Elapsed();
        if (step - _stepsBefore == 1)
            _afterFirstStep = now;
        if (!_isBar || now - _lastUpdate < SecondsBetweenUpdates)
            return;

        double perStep = PerStep(step, now);
        var info = new StringBuilder();
        string time = _steps is { } steps ? NumberText.TimeLeft(perStep * (steps - step)) : NumberText.Fixed(now, 0) + "s";
        info.Append(CultureInfo.InvariantCulture, $" {Bold}{time}{Plain} {NumberText.PerStep(perStep)}");
        for (int i = 0; i < names.Length; i++)
            AppendResult(info, names[i], values[i]);
        WriteBar(step, info, isLast: false);
        _lastUpdate = now;
    }

    /// <summary>Ends an epoch: the last line.</summary>
    /// <param name="results">The epoch's results, in the order in which they are printed.</param>
    public void EndEpoch(IEnumerable<KeyValuePair<string, double>> results)
    {
        double now = Elapsed();
        int steps = _steps ??= _done;
        double perStep = PerStep(steps, now);
        string seconds = NumberText.Fixed(now, 0) + "s";
        var info = new StringBuilder();
        if (_isBar)
            info.Append(CultureInfo.InvariantCulture, $" {Bold}{seconds}{Plain} {NumberText.PerStep(perStep)}");
        else
            info.Append(CultureInfo.InvariantCulture, $"{steps}/{steps} - {seconds} - {NumberText.PerStep(perStep)}");
        foreach ((string name, double value) in results)
            AppendResult(info, name, value);

        if (_isBar)
            WriteBar(steps, info, isLast: true);
        else
            _output.Write(info.Append('\n').ToString());
        _output.Flush();
    }

    private static int ConsoleWidth() =>
        OperatingSystem.IsBrowser() || OperatingSystem.IsAndroid() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || Console.IsOutputRedirected ? 0 : Console.WindowWidth;

    private static void AppendResult(StringBuilder info, string name, double value) =>
        info.Append(CultureInfo.InvariantCulture, $" - {name}: {NumberText.Value(value)}");

    private double Elapsed() => _clock.GetElapsedTime(_start).TotalSeconds;

    // The first step is slow for reasons of its own, so it does not count once there are others.
    private double PerStep(int step, double now)
    {
        int here = Math.Max(1, step - _stepsBefore);
        return here > 1 && !double.IsNaN(_afterFirstStep) && _isBar ? (now - _afterFirstStep) / (here - 1) : now / here;
    }

    private void WriteBar(int step, StringBuilder info, bool isLast)
    {
        string total = _steps?.ToString(CultureInfo.InvariantCulture) ?? "Unknown";
        string count = step.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length) + "/" + total;
        int done = _steps is { } steps ? (int)(BarWidth * ((double)step / steps)) : 0;
        string green = done > 0 ? $"{Green}{new string('━', done)}{Plain}" : "";
        string bar = $"{Bold}{count}{Plain} {green}{Grey}{new string('━', BarWidth - done)}{Plain}";

        // What a terminal shows of it: everything but the two codes around the time.
        int width = count.Length + 1 + BarWidth + info.Length - Bold.Length - Plain.Length;
        var line = new StringBuilder();
        // Backspaces stay in a row of the terminal. Keras leaves what a longer line has wrapped; here the cursor goes up first.
        int rowsAbove = _terminalWidth() is var terminal and > 0 && _shown > terminal ? (_shown - 1) / terminal : 0;
        if (rowsAbove > 0)
            line.Append(CultureInfo.InvariantCulture, $"\u001b[{rowsAbove}A");
        line.Append('\b', _lastWidth).Append('\r').Append(bar).Append(info);
        // Covers what is left of a longer line.
        line.Append(' ', Math.Max(0, _lastWidth - width));
        if (isLast)
            line.Append('\n');
        _output.Write(line.ToString());
        _output.Flush();
        _shown = Math.Max(_lastWidth, width);
        _lastWidth = width;
    }
}
