using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Generator.Tests.Pipeline;
using GenRnn.TestModels;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>
/// Small random models and cells, compiled and run through all entry points: the numbers are the interpreter's, those of doubles the mathematics' too, and they are the same bits
/// whatever stood in arenas, workspaces, gradients and what a State does not carry; nothing is written beside the spans. Twenty models in every run; 500 of a new seed with <c>GEN_EXHAUSTIVE=1</c>.
/// <c>GEN_SEED</c> gives the seed, of twenty or of 500: those of one that failed are run by themselves.
/// </summary>
public sealed class PoisonFuzzTests(ITestOutputHelper output)
{
    /// <summary>Models of one compilation.</summary>
    private const int Together = 20;

    /// <summary>Far above what rounding of doubles makes of such models, far below what a wrong value does.</summary>
    private const double Tolerance = 1e-8;

    private static readonly RandomSizes s_sizes = new(Steps: 9, Features: 9, Units: 33, Batches: [1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 24, 30, 31, 32, 33]);

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    [Fact]
    public void Results_do_not_depend_on_what_stood_in_memory()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("GEN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : IsExhaustive ? Environment.TickCount & 0xFFFFF : 1;
        int models = 0, streaming = 0, refused = 0;
        var errors = new List<(string Model, double Error)>();
        var failures = new List<string>();
        Stopwatch watch = Stopwatch.StartNew();
        for (int group = 0; group < (IsExhaustive ? 25 : 1); group++)
        {
            string[] sources = Sources(seed + group);
            GeneratorResult result = GeneratorHost.Run(sources);
            // What asks for its steps to be written out may be refused for its size; the others go on without it.
            string[] large = [.. result.With("GEN0001").Select(d => sources[int.Parse(Regex.Match(d.ToString(), @"Source(\d+)\.cs").Groups[1].Value, CultureInfo.InvariantCulture)])];
            Assert.All(large, source => Assert.Contains("Unroll", source, StringComparison.Ordinal));
            refused += large.Length;
            if (large.Length > 0)
                result = GeneratorHost.Run([.. sources.Except(large)]);
            Assert.Empty(result.Diagnostics);
            result.AssertEmittedCodeCompiles();
            Assert.Empty(result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            FuzzReport report = FuzzOracle.Check(result, $"seed {seed + group}", RowsOf, Spoil);
            (models, streaming) = (models + report.Models, streaming + report.Streaming);
            // An expression that nobody would write may be as ill-conditioned as it likes.
            errors.AddRange(report.Errors.Where(e => !e.Model.EndsWith("." + RandomCellName, StringComparison.Ordinal)).Select(e => ($"seed {seed + group}, {e.Model}", e.Error)));
            failures.AddRange(report.Failures);
            output.WriteLine($"seed {seed + group}: {report.Models} models, {report.Failures.Count} wrong, {watch.Elapsed.TotalSeconds:F0} s");
        }

        (string worst, double error) = errors.MaxBy(e => e.Error);
        output.WriteLine($"seed {seed}: {models} models and {refused} that are too large, {streaming} of them stream, {failures.Count} wrong; doubles are up to {error:E1} from the mathematics ({worst}).");
        Assert.True(failures.Count == 0, $"{failures.Count} of {models}:\n" + string.Join("\n\n", failures.Take(10)));
        Assert.Equal(IsExhaustive ? 500 : Together, models + refused);
        Assert.True(error < Tolerance, $"{worst} is {error:E1} from the mathematics.");
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

    /// <summary>Most are stacks of layers; every seventh is a cell that is stepped by hand, every fifth runs a cell whose expressions nobody would write.</summary>
    private static string[] Sources(int seed)
    {
        var declarations = new RandomDeclarations(seed, s_sizes);
        Random random = new(seed);
        return [.. Enumerable.Range(0, Together).Select(i =>
        {
            string space = "N" + i.ToString(CultureInfo.InvariantCulture);
            return "using GenRnn;\n" + (i % 5 == 4
                ? "namespace " + space + " {\n" + DeclarationText.WriteClass(RandomCell((seed * Together) + i, random)) + "}\n"
                : declarations.Next(space, isValid: true, isCell: i % 7 == 6));
        })];
    }

    private const string RandomCellName = "RandomCell";

    private static ModelSpec RandomCell(int seed, Random random) => new RandomCells(seed).Model().WithBatch(s_sizes.Batches[random.Next(s_sizes.Batches.Count)]).WithPrecision(random.Next(4) == 0);
}
