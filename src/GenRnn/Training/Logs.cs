using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GenRnn;

/// <summary>Named results of training or evaluation, sorted by name as Keras sorts them: <c>loss</c>, metrics, and <c>val_</c> before those of validation.</summary>
public sealed class Logs : IReadOnlyCollection<KeyValuePair<string, double>>
{
    private readonly KeyValuePair<string, double>[] _entries;

    internal Logs(IEnumerable<KeyValuePair<string, double>> entries)
    {
        _entries = [.. entries];
        Array.Sort(_entries, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
    }

    internal Logs With(string name, double value) => new([.. Array.FindAll(_entries, e => e.Key != name), new(name, value)]);

    /// <summary>Number of results.</summary>
    public int Count => _entries.Length;

    /// <summary>The loss.</summary>
    public double Loss => this["loss"];

    /// <summary>A result by name.</summary>
    /// <param name="name">Its name: <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            if (TryGetValue(name, out double value))
                return value;
            throw new KeyNotFoundException($"There is no result '{name}'; there are: {string.Join(", ", Array.ConvertAll(_entries, e => e.Key))}.");
        }
    }

    /// <summary>A result by name, if it exists.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The result; NaN if there is none.</param>
    public bool TryGetValue(string name, out double value)
    {
        foreach (KeyValuePair<string, double> entry in _entries)
        {
            if (entry.Key == name)
            {
                value = entry.Value;
                return true;
            }
        }

        value = double.NaN;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, double>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The results as Keras prints them: <c>loss: 0.2417 - val_loss: 0.1034</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, double value) in _entries)
        {
            if (text.Length > 0)
                text.Append(" - ");
            text.Append(CultureInfo.InvariantCulture, $"{name}: {NumberText.Value(value)}");
        }

        return text.ToString();
    }
}
