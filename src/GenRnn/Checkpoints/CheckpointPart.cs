using System;
using System.Globalization;
using System.IO;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// What a checkpoint holds of one part of a training: a callback, a metric, an optimiser. The part shows it all that its next step depends on, by <c>Keep</c>, and the settings that must not change, by
/// <c>Require</c>.
/// </summary>
/// <remarks>
/// The same calls write a checkpoint, check one and restore one, so that what is written is what is read. So the calls must not depend on the values that are kept, and names differ within a part. Where
/// a checkpoint is written or only checked, no value changes.
/// </remarks>
public sealed class CheckpointPart
{
    private readonly CheckpointExchange _exchange;
    private readonly string _prefix;

    internal CheckpointPart(CheckpointExchange exchange, string prefix = "")
    {
        _exchange = exchange;
        _prefix = prefix;
    }

    /// <summary>Whether what was kept so far is now what a checkpoint holds.</summary>
    public bool IsRestored => _exchange.Restores;

    /// <summary>Keeps a number. It comes back with the same bits, but for the payload of a NaN.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The number.</param>
    public void Keep(string name, ref double value) => value = Exchange(name, value, Format, ParseDouble, mayBeAbsent: false)!.Value;

    /// <summary>Keeps a number that may be absent.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The number.</param>
    public void Keep(string name, ref double? value) => value = Exchange(name, value, Format, ParseDouble, mayBeAbsent: true);

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The number.</param>
    public void Keep(string name, ref long value) => value = Exchange(name, value, Format, ParseLong, mayBeAbsent: false)!.Value;

    /// <summary>Keeps a whole number.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The number.</param>
    public void Keep(string name, ref int value) => value = Exchange(name, value, Format, ParseInt, mayBeAbsent: false)!.Value;

    /// <summary>Keeps a whole number that is refused where it is too large.</summary>
    internal void Keep(string name, ref int value, int most, Func<int, string> problem) =>
        value = Exchange(name, value, Format, text => ParseInt(text) is { } found && found > most ? throw new InvalidDataException(problem(found)) : ParseInt(text), mayBeAbsent: false)!.Value;

    /// <summary>Keeps a whole number that may be absent.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The number.</param>
    public void Keep(string name, ref int? value) => value = Exchange(name, value, Format, ParseInt, mayBeAbsent: true);

    /// <summary>Keeps a yes or no.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The value.</param>
    public void Keep(string name, ref bool value) => value = Exchange<bool>(name, value, static flag => flag ? "true" : "false", ParseBool, mayBeAbsent: false)!.Value;

    /// <summary>Keeps a text, which may be absent.</summary>
    /// <param name="name">Its name in this part.</param>
    /// <param name="value">The text.</param>
    public void Keep(string name, ref string? value)
    {
        // A sign in front tells an empty text from none.
        string text = _exchange.Text(Full(name), value is null ? "" : "=" + value);
        if (text.Length > 0 && text[0] != '=')
            throw Impossible(name, text);
        if (_exchange.Restores)
            value = text.Length == 0 ? null : text[1..];
    }

    /// <summary>Keeps numbers, always as many.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="name">Their name in this part.</param>
    /// <param name="values">The numbers.</param>
    public void Keep<T>(string name, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Keep(name, [values.Length], values);

    /// <summary>Keeps numbers, now this many and now that many, or none at all.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="name">Their name in this part.</param>
    /// <param name="values">The numbers.</param>
    public void Keep<T>(string name, ref T[]? values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string full = Full(name);
        string text = _exchange.Text(full, values is null ? "" : Format(values.Length));
        if (text.Length == 0)
        {
            values = _exchange.Restores ? null : values;
            return;
        }

        if (ParseInt(text) is not { } length || length < 0)
            throw Impossible(name, text);
        if (_exchange.Restores)
            values = new T[length];
        else if (values?.Length != length)
            _exchange.RequireTensor<T>(full, [length]);
        if (values?.Length == length)
            _exchange.Values<T>(full, [length], values);
    }

    /// <summary>Keeps weights of <see cref="TrainingRun.TakeWeights"/>, or none.</summary>
    /// <param name="name">Their name in this part.</param>
    /// <param name="weights">The weights.</param>
    public void Keep(string name, ref WeightSnapshot? weights)
    {
        if (_exchange.Precision == Precision.Double)
            Keep<double>(name, ref weights);
        else
            Keep<float>(name, ref weights);
    }

    /// <summary>Refuses a checkpoint in which a setting has another value.</summary>
    /// <param name="name">The setting's name: messages tell what differs by it.</param>
    /// <param name="value">Its value as a text.</param>
    /// <exception cref="InvalidDataException">A checkpoint is checked, and has another.</exception>
    public void Require(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _exchange.Require(Full(name), value);
    }

    /// <summary>Refuses a checkpoint in which a setting has another value.</summary>
    /// <param name="name">The setting's name: messages tell what differs by it.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="InvalidDataException">A checkpoint is checked, and has another.</exception>
    public void Require(string name, double value) => Require(name, Format(value));

    /// <summary>A part of this part.</summary>
    /// <param name="name">Its name.</param>
    public CheckpointPart Part(string name) => new(_exchange, Full(name) + "/");

    /// <summary>Keeps numbers in a shape of theirs.</summary>
    internal void Keep<T>(string name, ReadOnlySpan<int> shape, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => _exchange.Values(Full(name), shape, values);

    /// <summary>Keeps bytes, always as many.</summary>
    internal void KeepBytes(string name, Span<byte> bytes) => _exchange.Bytes(Full(name), bytes);

    private void Keep<T>(string name, ref WeightSnapshot? weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = (T[]?)weights?.Values;
        Keep(name, ref values);
        if (_exchange.Restores)
            weights = values is null ? null : new WeightSnapshot(values);
    }

    private TValue? Exchange<TValue>(string name, TValue? value, Func<TValue, string> format, Func<string, TValue?> parse, bool mayBeAbsent)
        where TValue : struct
    {
        string text = _exchange.Text(Full(name), value is { } some ? format(some) : "");
        TValue? found = parse(text);
        if (found is null && !(mayBeAbsent && text.Length == 0))
            throw Impossible(name, text);
        return _exchange.Restores ? found : value;
    }

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static double? ParseDouble(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static long? ParseLong(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static int? ParseInt(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static bool? ParseBool(string text) => text switch { "true" => true, "false" => false, _ => null };

    private string Full(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _prefix + name;
    }

    private InvalidDataException Impossible(string name, string text) => new($"'{Full(name)}' is '{ForeignText.Quote(text)}', which it can't be.");
}
