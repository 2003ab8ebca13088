using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn.Compiler.Layers;

/// <summary>Shape of one row: a vector (TimeSteps = 0) or a sequence. Unknown after an item that could not be understood.</summary>
public readonly record struct Shape(int TimeSteps, int Features)
{
    /// <summary>Silences every shape rule after it.</summary>
    public static Shape Unknown => new(-1, -1);

    /// <summary>One id a step (or one for the whole row) instead of features.</summary>
    public bool IsIds { get; init; }

    public bool IsUnknown => Features < 0;

    public bool IsVector => TimeSteps == 0;

    /// <summary>Widths side by side. A sum beyond all numbers stays the largest, which the size of a model then refuses.</summary>
    public static int Sum(IEnumerable<int> widths) => (int)Math.Min(int.MaxValue, widths.Sum(w => (long)w));

    public int Length => (IsVector ? 1 : TimeSteps) * Features;

    /// <summary>With the batch in front, as Keras prints it.</summary>
    public override string ToString() => IsUnknown ? "(unknown)"
        : IsIds ? IsVector ? "(None)" : string.Format(CultureInfo.InvariantCulture, "(None, {0})", TimeSteps)
        : IsVector ? string.Format(CultureInfo.InvariantCulture, "(None, {0})", Features)
        : string.Format(CultureInfo.InvariantCulture, "(None, {0}, {1})", TimeSteps, Features);
}
