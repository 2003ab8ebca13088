using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>A way to scale columns of a <see cref="TimeSeries{T}"/>: one step of a <see cref="Scaling"/>, which fits it.</summary>
/// <remarks>Formulas and the treatment of constant columns are scikit-learn's. Missing values stay missing and are not fitted to.</remarks>
public sealed class Scaler
{
    private readonly Func<ScalerFit, FittedScaler> _fit;

    private Scaler(string kind, string[] columns, Func<ScalerFit, FittedScaler> fit)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Kind = kind;
        Columns = columns;
        _fit = fit;
    }

    /// <summary>What it does: standard, min_max, robust, log or difference.</summary>
    public string Kind { get; }

    /// <summary>The columns that it scales; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>(x - mean) / standard deviation, that of the whole training part (n, not n - 1); a constant column is only shifted.</summary>
    /// <param name="columns">Names of columns; none for all.</param>
    public static Scaler Standard(params string[] columns) => new("standard", columns, static fit => fit.Affine(static values =>
    {
        double mean = Statistics.Mean(values);
        return (mean, Statistics.Deviation(values, mean));
    }));

    /// <summary>From the training part's least and greatest value to 0 and 1.</summary>
    /// <param name="columns">Names of columns; none for all.</param>
    public static Scaler MinMax(params string[] columns) => MinMax(0, 1, columns);

    /// <summary>From the training part's least and greatest value to two others.</summary>
    /// <param name="minimum">What the least value becomes.</param>
    /// <param name="maximum">What the greatest value becomes.</param>
    /// <param name="columns">Names of columns; none for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public static Scaler MinMax(double minimum, double maximum, params string[] columns)
    {
        if (!double.IsFinite(maximum - minimum) || maximum <= minimum)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, FormattableString.Invariant($"The range ends behind its start, {minimum}."));
        return new("min_max", columns, fit => fit.Affine(values =>
        {
            (double least, double greatest) = (values[0], values[^1]);
            double scale = least == greatest ? 1 : (greatest - least) / (maximum - minimum);
            return (least - minimum * scale, scale);
        }));
    }

    /// <summary>(x - median) / (third quartile - first quartile), which outliers do not move; quartiles by linear interpolation.</summary>
    /// <param name="columns">Names of columns; none for all.</param>
    public static Scaler Robust(params string[] columns) => new("robust", columns, static fit => fit.Affine(static values =>
        (Statistics.Quantile(values, 0.5), Statistics.Quantile(values, 0.75) - Statistics.Quantile(values, 0.25))));

    /// <summary>ln(x + offset), for growth that is a percentage; x + offset must be above 0 wherever it is applied.</summary>
    /// <param name="offset">What is added first: 1 for counts that may be 0.</param>
    /// <param name="columns">Names of columns; none for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is not finite.</exception>
    public static Scaler Log(double offset = 0, params string[] columns)
    {
        if (!double.IsFinite(offset))
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset is a finite number.");
        return new("log", columns, fit => fit.Log(offset));
    }

    /// <summary>x(t) - x(t - 1): what a trend becomes constant by. The first row is lost.</summary>
    /// <param name="columns">Names of columns; none for all.</param>
    public static Scaler Difference(params string[] columns) => SeasonalDifference(1, columns);

    /// <summary>x(t) - x(t - season): what a season becomes flat by. The first <paramref name="season"/> rows are lost.</summary>
    /// <param name="season">Rows of a season.</param>
    /// <param name="columns">Names of columns; none for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The season is below 1.</exception>
    public static Scaler SeasonalDifference(int season, params string[] columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        return new("difference", columns, fit => fit.Difference(season));
    }

    internal FittedScaler Fit(ScalerFit fit) => _fit(fit);
}
