using System.Collections.Generic;

namespace GenRnn;

/// <summary>How windows are cut out of series: the arguments of Keras' <c>timeseries_dataset_from_array</c>, and what they are to forecast.</summary>
public sealed record WindowOptions
{
    /// <summary>Time steps of a window.</summary>
    public required int SequenceLength { get; init; }

    /// <summary>Rows from the start of a window to that of the next: 1 unless set.</summary>
    public int SequenceStride { get; init; } = 1;

    /// <summary>Rows from a time step to the next: 1 unless set. Targets are as many rows apart.</summary>
    public int SamplingRate { get; init; } = 1;

    /// <summary>The first row of each series that is used: 0 unless set.</summary>
    public int StartIndex { get; init; }

    /// <summary>The row behind the last one that is used, by targets too; null, the default, for the series' end.</summary>
    public int? EndIndex { get; init; }

    /// <summary>Whether the windows stand in a random order, which depends on <see cref="Seed"/> and their number alone. A shuffle each epoch is <see cref="FitOptions.Shuffle"/>.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The seed of <see cref="Shuffle"/>.</summary>
    public int Seed { get; init; }

    /// <summary>How many steps ahead the targets reach: 1 unless set; 0 for windows without targets, up to the end of the series. A target holds all of them, [step ahead][column].</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Whether each time step of a window has a target, the <see cref="Horizon"/> steps that follow it, rather than the last one alone: for sequence-to-sequence models.</summary>
    public bool TargetsAtEachStep { get; init; }

    /// <summary>Whether a window is its own target, for autoencoders; <see cref="Horizon"/>, <see cref="TargetsAtEachStep"/> and <see cref="TargetColumns"/> then stay unset.</summary>
    public bool TargetsAreInputs { get; init; }

    /// <summary>Columns that windows hold; null, the default, for all.</summary>
    public IReadOnlyList<string>? InputColumns { get; init; }

    /// <summary>Columns that targets hold; null, the default, for all.</summary>
    public IReadOnlyList<string>? TargetColumns { get; init; }

    /// <summary>What stands in all columns of a time step that lacks a value, with <see cref="MissingValues.Mask"/>: 0 unless set.</summary>
    public double MaskValue { get; init; }
}
