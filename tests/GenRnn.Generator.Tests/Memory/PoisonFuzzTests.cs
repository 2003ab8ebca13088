using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Numerics;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Generator.Tests.Pipeline;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>
/// Small random models and cells, compiled and run through all entry points: the numbers are the interpreter's, those of doubles the mathematics' too, and they are the same bits
/// whatever stood in arenas, workspaces, gradients and what a State does not carry; nothing is written beside the spans. Twenty models in every run; 500 of a new seed with <c>GEN_EXHAUSTIVE=1</c>,
/// or of the one in <c>GEN_SEED</c>.
/// </summary>
public sealed class PoisonFuzzTests(ITestOutputHelper output)
{
    /// <summary>Models of one compilation.</summary>
    private const int Together = 20;

    private static readonly RandomSizes s_sizes = new(Steps: 9, Features: 9, Units: 33, Batches: [1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 24, 30, 31, 32, 33]);

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    [Fact]
    public void Results_do_not_depend_on_what_stood_in_memory()
    {
        int seed = !IsExhaustive ? 1 : int.TryParse(Environment.GetEnvironmentVariable("GEN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount & 0xFFFFF;
        int models = 0, streaming = 0;
        double error = 0;
        var failures = new List<string>();
        Stopwatch watch = Stopwatch.StartNew();
        for (int group = 0; group < (IsExhaustive ? 25 : 1); group++)
        {
            GeneratorResult result = GeneratorHost.Run(Source(seed + group));
            Assert.Empty(result.Diagnostics);
            result.AssertEmittedCodeCompiles();
            Assert.Empty(result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            FuzzReport report = FuzzOracle.Check(result, $"seed {seed + group}", RowsOf, Spoil);
            (models, streaming, error) = (models + report.Models, streaming + report.Streaming, Math.Max(error, report.Error));
            failures.AddRange(report.Failures);
            output.WriteLine($"seed {seed + group}: {report.Models} models, {report.Failures.Count} wrong, {watch.Elapsed.TotalSeconds:F0} s");
        }

        output.WriteLine($"seed {seed}: {models} models, {streaming} of them stream, {failures.Count} wrong; doubles are {error:E1} from the mathematics.");
        Assert.True(failures.Count == 0, $"{failures.Count} of {models}:\n" + string.Join("\n\n", failures.Take(10)));
        Assert.Equal(IsExhaustive ? 500 : Together, models);
    }

    /// <summary>A part of the batch, one row less than all, all of it.</summary>
    private static IEnumerable<int> RowsOf(ModelInfo info) => new[] { (info.Batch + 2) / 3, info.Batch - 1, info.Batch }.Where(r => r > 0).Distinct();

    private static void Spoil(object model, string what)
    {
        if (model is IModel<float> single)
            Spoil(single, what);
        else
            Spoil((IModel<double>)model, what);
    }

    private static void Spoil<T>(IModel<T> model, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<(string Name, T[] Values)> expected = Run(Poison<T>.None);
        foreach (Poison<T> poison in new[] { Poison<T>.NotANumber, Poison<T>.Huge })
        {
            foreach (((string name, T[] clean), (_, T[] found)) in expected.Zip(Run(poison), (a, b) => (a, b)))
                SameBits.Assert<T>(clean, found, $"{what}{poison}: {name}");
        }

        IReadOnlyList<(string, T[])> Run(Poison<T> poison) => [.. new EntryPoints<T>(model, poison, what).Run(), .. TrainingSteps<T>.Run(model, poison, what)];
    }

    private static string Source(int seed)
    {
        var declarations = new RandomDeclarations(seed, s_sizes);
        return "using GenRnn;\n" + string.Concat(Enumerable.Range(0, Together)
            .Select(i => declarations.Next("N" + i.ToString(CultureInfo.InvariantCulture), isValid: true, isCell: i % 7 == 6)));
    }
}
