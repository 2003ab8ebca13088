namespace GenRnn;

/// <summary>What happens to values of a <see cref="TimeSeries{T}"/> that are missing: those that are not finite.</summary>
public enum MissingValues
{
    /// <summary>A missing value is an error that names row and column.</summary>
    Refuse,

    /// <summary>A straight line between the neighbours that are there, by time where the rows have times and by row otherwise; at the ends the nearest value. It looks at values after the
    /// missing one: mend training and test data apart.</summary>
    Interpolate,

    /// <summary>The last value that was there. One that is missing at the start is an error.</summary>
    CarryForward,

    /// <summary>The values stay; windows leave out those that would hold one.</summary>
    DropWindow,

    /// <summary>The values stay; in a window's input all columns of such a row are <see cref="WindowOptions.MaskValue"/>, for a <c>[Masking]</c> layer, and a target that lacks a value weighs 0.</summary>
    Mask,
}
