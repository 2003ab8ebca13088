using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Schedules against Keras' own values, and against their formulas in double at the first, middle and last batches.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<string> Goldens { get; } =
        new(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Goldens"), "schedule_*.json").Select(Path.GetFileNameWithoutExtension).Order().Select(name => name!));

    [Fact]
    public void All_goldens_of_schedules_are_here() => Assert.Equal(11, Goldens.Count);

    /// <summary>121 batches each. Keras computes schedules in float32.</summary>
    [Theory]
    [MemberData(nameof(Goldens))]
    public void Is_Keras_(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".json")));
        JsonElement golden = document.RootElement;
        LearningRate schedule = KerasSettings.CreateSchedule(golden.GetProperty("class").GetString()!, golden.GetProperty("schedule"));
        double[] values = [.. golden.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
        long[] steps = [.. golden.GetProperty("steps").EnumerateArray().Select(s => s.GetInt64())];
        double tolerance = 1e-6 * values.Max() + 1e-9;
        Assert.Equal(121, steps.Length);
        for (int i = 0; i < steps.Length; i++)
            Assert.Equal(values[i], schedule.At(steps[i]), tolerance);
    }

    [Fact]
    public void Formulas_hold_to_the_last_digits()
    {
        Check(new ExponentialDecay(0.2, 7, 0.3), s => 0.2 * Math.Pow(0.3, s / 7.0));
        Check(new ExponentialDecay(0.2, 7, 0.3) { Staircase = true }, s => 0.2 * Math.Pow(0.3, s / 7));
        Check(new InverseTimeDecay(0.2, 7, 0.3), s => 0.2 / (1 + 0.3 * s / 7));
        Check(new InverseTimeDecay(0.2, 7, 0.3) { Staircase = true }, s => 0.2 / (1 + 0.3 * (s / 7)));
        Check(new PiecewiseConstantDecay([3, 50], [1, 0.5, 0.1]), s => s <= 3 ? 1 : s <= 50 ? 0.5 : 0.1);
        Check(new PolynomialDecay(0.2, 60) { Exponent = 1.5 }, s => (0.2 - 1e-4) * Math.Pow(1 - Math.Min(s, 60) / 60.0, 1.5) + 1e-4);
        Check(new PolynomialDecay(0.2, 60) { Cycle = true, EndLearningRate = 0 }, s => 0.2 * (1 - s / (60 * Math.Max(1, Math.Ceiling(s / 60.0)))));
        Check(new CosineDecay(0.2, 80) { Alpha = 0.1 }, s => 0.2 * (0.9 * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(s, 80) / 80)) + 0.1));
        Check(new CosineDecay(0.01, 80) { WarmupTarget = 0.2, WarmupSteps = 9 },
            s => s < 9 ? 0.01 + 0.19 * s / 9 : 0.2 * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(s - 9, 80) / 80)));
        Check(new CosineDecayRestarts(0.2, 10) { RateFactor = 0.5, Alpha = 0.1 }, s =>
        {
            (int start, int cycle) = s < 10 ? (0, 0) : s < 30 ? (10, 1) : s < 70 ? (30, 2) : (70, 3);
            return 0.2 * (0.9 * 0.5 * Math.Pow(0.5, cycle) * (1 + Math.Cos(Math.PI * (s - start) / (10 << cycle))) + 0.1);
        });
        Check(new CosineDecayRestarts(0.2, 10) { CycleFactor = 1 }, s => 0.2 * 0.5 * (1 + Math.Cos(Math.PI * (s % 10) / 10)));
    }

    /// <summary>PyTorch's rule for two phases and cosines, as its source has it.</summary>
    [Fact]
    public void One_cycle_is_PyTorchs()
    {
        double Half(double from, double to, double share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
        Check(new OneCycle(0.5, 100), s => s <= 29 ? Half(0.02, 0.5, s / 29.0) : Half(0.5, 2e-6, (Math.Min(s, 99) - 29) / 70.0));
        Check(new OneCycle(0.5, 100) { PctStart = 0.5, DivFactor = 10, FinalDivFactor = 100 }, s => s <= 49 ? Half(0.05, 0.5, s / 49.0) : Half(0.5, 5e-4, (Math.Min(s, 99) - 49) / 50.0));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InverseTimeDecay(1, 1, double.NaN));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([1], [1]));
        Assert.Throws<ArgumentException>(() => new PiecewiseConstantDecay([2, 2], [1, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseConstantDecay([1], [1, double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialDecay(1, 1) { Exponent = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, 1) { WarmupSteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecayRestarts(1, 1) { CycleFactor = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(1, 1) { DivFactor = 0 });
        Assert.Equal("decaySteps is at least 1. (Parameter 'decaySteps')\nActual value was 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, 0)).Message.ReplaceLineEndings("\n"));
    }

    private static void Check(LearningRate schedule, Func<int, double> formula)
    {
        for (int step = 0; step <= 120; step++)
            Assert.Equal(formula(step), schedule.At(step), 1e-14);
    }
}
