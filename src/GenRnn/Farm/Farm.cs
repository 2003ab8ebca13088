using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;

namespace GenRnn;

/// <summary>What a <see cref="ModelFarm"/> has trained: for each series its weights and results.</summary>
/// <typeparam name="T">The element type of the models.</typeparam>
public sealed class Farm<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _parameters;
    private readonly FarmSeries[] _series;
    private readonly string[] _names;
    private readonly Scaling?[] _scalings;

    internal Farm(ModelInfo info, ReadOnlySpan<T> start, string[] names, Scaling?[] scalings)
    {
        Model = info;
        _names = names;
        _scalings = scalings;
        _series = new FarmSeries[names.Length];
        _parameters = new T[names.Length][];
        for (int i = 0; i < names.Length; i++)
            _parameters[i] = start.ToArray();
    }

    /// <summary>The model.</summary>
    public ModelInfo Model { get; }

    /// <summary>Number of series.</summary>
    public int Count => _series.Length;

    /// <summary>The results of a series.</summary>
    /// <param name="index">Which series.</param>
    public FarmSeries this[int index] => _series[index];

    /// <summary>The weights of a series, dense, in Keras' order and layout.</summary>
    /// <param name="index">Which series.</param>
    public ReadOnlySpan<T> ParametersOf(int index) => _parameters[index];

    /// <summary>Gives a model the weights of a series, and the scaling of its data: to predict with it, or to save it.</summary>
    /// <param name="model">A model of the same declaration.</param>
    /// <param name="index">Which series.</param>
    /// <exception cref="ArgumentException">The model is another one.</exception>
    public void LoadInto(IModel<T> model, int index)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Info.ArchitectureHash != Model.ArchitectureHash)
            throw new ArgumentException($"Found a model of another architecture, {model.Info.Name}; the farm is of {Model.Name}.", nameof(model));
        model.UpdateParameters(_parameters[index], static (parameters, values) => values.CopyTo(parameters));
        model.Scaling = _scalings[index];
    }

    /// <summary>The series that went worst: first those that diverged, then by loss, that of the validation part if there is one, from the highest.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<FarmSeries> Worst(int count = 10) =>
        [.. _series.OrderByDescending(s => s.IsDiverged).ThenByDescending(s => s.Result).ThenBy(s => s.Index).Take(count)];

    /// <summary>The report: how many series there are and how their losses are spread, and a line for each of the worst.</summary>
    /// <param name="worst">How many lines at most.</param>
    public string Report(int worst = 10)
    {
        var text = new StringBuilder();
        double[] losses = [.. _series.Where(s => !s.IsDiverged).Select(s => s.Result).Order()];
        text.Append(CultureInfo.InvariantCulture, $"{Count} series of {Model.Name}, {Count - losses.Length} diverged");
        if (losses.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"; loss: median {NumberText.Value(Statistics.Quantile(losses, 0.5))}, 90% {NumberText.Value(Statistics.Quantile(losses, 0.9))}, worst {NumberText.Value(losses[^1])}");
        text.Append('\n');
        foreach (FarmSeries series in Worst(worst))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {series.Name}: ");
            text.Append(series.IsDiverged ? "diverged" : $"loss {NumberText.Value(series.Loss)}" + (double.IsNaN(series.ValidationLoss) ? "" : $", val_loss {NumberText.Value(series.ValidationLoss)}"));
            text.Append(CultureInfo.InvariantCulture, $" ({series.Rows} rows)\n");
        }

        return text.ToString();
    }

    internal string NameOf(int index) => _names[index];

    internal void Set(int index, ReadOnlySpan<T> parameters, FarmSeries series)
    {
        parameters.CopyTo(_parameters[index]);
        _series[index] = series;
    }
}

/// <summary>The results of one series of a farm.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Rows">Its rows, those of the validation part included.</param>
/// <param name="Loss">The last epoch's loss; NaN if it diverged.</param>
/// <param name="ValidationLoss">The loss of the validation part after it; NaN for none.</param>
/// <param name="IsDiverged">Whether a loss, a gradient or a weight was no number.</param>
/// <param name="Duration">How long it took.</param>
public readonly record struct FarmSeries(string Name, int Index, int Rows, double Loss, double ValidationLoss, bool IsDiverged, TimeSpan Duration)
{
    /// <summary>What tells good from bad: the loss of the validation part, or of training where there is none.</summary>
    public double Result => double.IsNaN(ValidationLoss) ? Loss : ValidationLoss;
}

/// <summary>How far a farm is.</summary>
/// <param name="Done">Series that are trained.</param>
/// <param name="Count">All series.</param>
/// <param name="Last">The one that was trained last.</param>
public readonly record struct FarmProgress(int Done, int Count, FarmSeries Last);
