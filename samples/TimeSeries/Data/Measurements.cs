using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using GenRnn;

namespace TimeSeries.Data;

/// <summary>Three real series, all in the public domain, as tables with times.</summary>
internal static class Measurements
{
    /// <summary>Yearly sunspot numbers, 1700 to 2008 (NOAA National Geophysical Data Center).</summary>
    public static TimeSeries<float> Sunspots() => Read("sunspots.csv", "sunspots", MissingValues.Refuse, static csv => [(new DateTime(csv.GetField<int>(0), 1, 1), csv.GetField<float?>(1))]);

    /// <summary>Weekly carbon dioxide at Mauna Loa in parts per million, 1958 to 2001 (CDIAC). The 59 weeks without a measurement are filled in by straight lines.</summary>
    public static TimeSeries<float> CarbonDioxide() => Read("co2.csv", "co2", MissingValues.Interpolate,
        static csv => [(DateTime.ParseExact(csv.GetField(0)!, "yyyyMMdd", CultureInfo.InvariantCulture), csv.GetField<float?>(1))]);

    /// <summary>Monthly sea-surface temperature of the eastern Pacific in degrees Celsius, 1950 to 2010, whose swings are El Niño (NOAA). The file has a row a year.</summary>
    public static TimeSeries<float> ElNino() => Read("elnino.csv", "temperature", MissingValues.Refuse, static csv =>
    {
        var months = new (DateTime, float?)[12];
        for (int month = 1; month <= 12; month++)
            months[month - 1] = (new DateTime(csv.GetField<int>(0), month, 1), csv.GetField<float?>(month));
        return months;
    });

    private static TimeSeries<float> Read(string file, string column, MissingValues missing, Func<CsvReader, (DateTime Time, float? Value)[]> rowsOf)
    {
        using Stream stream = typeof(Measurements).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded in the assembly.");
        using var csv = new CsvReader(new StreamReader(stream), CultureInfo.InvariantCulture);
        var times = new List<DateTime>();
        var rows = new List<float?[]>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            foreach ((DateTime time, float? value) in rowsOf(csv))
            {
                times.Add(time);
                rows.Add([value]);
            }
        }

        return GenRnn.TimeSeries.FromRows(rows, [column], times.ToArray(), missing);
    }
}
