using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>
/// Plans of random declarations and of random cells, run in memory: every entry point on a machine of 2 to 16 lanes that the seed draws, beside the interpreter of the program. Some hundreds in each run, 10,000, on two machines each, where
/// GEN_EXHAUSTIVE is 1. Model i is made of the seed + i alone, so GEN_PLAN_SEED and GEN_PLAN_COUNT=1 run a single one again; a failure says which.
/// </summary>
public sealed class PlanFuzzTests(ITestOutputHelper output)
{
    private const int Slices = 4, CompiledAtOnce = 50;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    private static readonly int s_seed = Number("GEN_PLAN_SEED", 14_000_000), s_count = Number("GEN_PLAN_COUNT", s_isExhaustive ? 10_000 : 300);

    private static readonly int[] s_batches = [1, 2, 3, 16, 17, 32];

    public static TheoryData<int> All => new(Enumerable.Range(0, Slices));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_plan_computes_what_its_program_says(int slice)
    {
        var clock = Stopwatch.StartNew();
        List<int> seeds = [.. Enumerable.Range(s_seed, s_count).Where(s => s % Slices == slice)];
        var failures = new List<string>();
        int verified = 0;
        foreach (int[] some in seeds.Chunk(CompiledAtOnce))
        {
            foreach ((int seed, ModelSpec spec, string source) in Models(some))
            {
                // The first ones are enough.
                if (failures.Count == 5)
                    break;
                try
                {
                    Verify(seed, spec);
                    verified++;
                }
                catch (Exception exception)
                {
                    failures.Add($"Seed {seed}: {exception}\n{source}");
                }
            }
        }

        string summary = $"{verified} of {seeds.Count} models, seeds {s_seed} + i, {clock.Elapsed.TotalSeconds:F1} s.";
        output.WriteLine(summary);
        Assert.True(failures.Count == 0, summary + "\n\n" + string.Join("\n\n", failures));
        Assert.Equal(seeds.Count, verified);
    }

    private static void Verify(int seed, ModelSpec spec)
    {
        var random = new Random(seed);
        bool isDouble = random.Next(2) == 0;
        IReadOnlyList<Machine> machines = Machine.All(isDouble);
        ModelSpec declared = spec.WithBatch(s_batches[random.Next(s_batches.Length)]).WithPrecision(isDouble);
        Assert.DoesNotContain(ShapeInference.Infer(declared).Findings, f => f.IsError);
        PlanVerifier.Verify(declared, seed, [.. random.GetItems([.. machines], s_isExhaustive ? 2 : 1).Distinct()]);
    }

    /// <summary>Half of them declarations that are parsed, many in a compilation; half cells without a text.</summary>
    private static IEnumerable<(int Seed, ModelSpec Spec, string Source)> Models(int[] seeds)
    {
        string[] sources = [.. seeds.Where(IsDeclared).Select(s => "using GenRnn;\n" + new RandomDeclarations(s).Next(Namespace(s), isValid: true))];
        Compilation compilation = GeneratorHost.Compile(sources);
        int declared = 0;
        foreach (int seed in seeds)
        {
            if (IsDeclared(seed))
            {
                string source = sources[declared++];
                yield return (seed, GeneratorHost.ModelIn(compilation, Namespace(seed)), source);
            }
            else
            {
                ModelSpec spec = new RandomCells(seed).Model();
                yield return (seed, spec, DeclarationText.Write(spec));
            }
        }
    }

    private static bool IsDeclared(int seed) => seed / Slices % 2 == 0;

    private static string Namespace(int seed) => string.Create(CultureInfo.InvariantCulture, $"N{seed}");

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
