using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.TestModels;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Emitted code says nothing at the compiler's highest warning level, whatever the lengths of sequences and batches: a consumer may have
/// warnings as errors. A slice of the catalogue in every run, all of it with <c>GEN_EXHAUSTIVE=1</c>.</summary>
public class WarningTests(ITestOutputHelper output)
{
    /// <summary>Every eighth model, each at one of the sizes.</summary>
    private const int Slice = 8;

    /// <summary>Models of one compilation.</summary>
    private const int Together = 32;

    private static readonly int[] s_steps = [10_000, 1000, 100, 1];

    private static readonly int[] s_batches = [1, 4, 32];

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    [Fact]
    public void Emitted_code_has_no_warning_at_any_length()
    {
        List<(int Steps, int Batch)> sizes = [.. from steps in s_steps from batch in s_batches select (steps, batch)];
        IEnumerable<(ModelSpec Spec, int Index)> specs = ModelCatalogue.All.Select((m, i) => (m.Spec, i));
        int compiled = IsExhaustive
            ? sizes.Sum(size => Check(specs.Select(s => Sized(s.Spec, size))))
            : Check(specs.Where(s => s.Index % Slice == 0).Select(s => Sized(s.Spec, sizes[s.Index / Slice % sizes.Count])));

        output.WriteLine($"{compiled} models.");
        Assert.True(compiled > (IsExhaustive ? 1000 : 10), $"Only {compiled} models were compiled.");
    }

    // The issue's: weight gradients in chunks of steps, on at most sixteen rows.
    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(1000, 16)]
    [InlineData(10_000, 4)]
    public void Gradients_in_the_scan_have_no_warning(int steps, int batch)
    {
        GeneratorResult result = GeneratorHost.Run(
            $"using GenRnn;\n[Input(TimeSteps = {steps}, Features = 3, Batch = {batch})] [Lstm(64, ReturnSequences = true)] [Dense(2)] public partial class Model;");

        Assert.Contains(result.Sources, s => s.SourceText.ToString().Contains("BackwardOfOneThread", StringComparison.Ordinal));
        result.AssertCompiles();
    }

    /// <summary>Compiles what is a model at its size; a window longer than its sequence, or more values than a model may have, is none.</summary>
    /// <returns>The number of models.</returns>
    private static int Check(IEnumerable<string> declarations) => declarations.Chunk(Together).Sum(some =>
    {
        GeneratorResult result = GeneratorHost.Run(some);
        Assert.Empty(result.With("GEN0002"));
        result.AssertEmittedCodeCompiles();
        return some.Length - result.With("GEN0001").Count;
    });

    /// <summary>The declaration with all sequences of so many steps, in batches of so many rows.</summary>
    private static string Sized(ModelSpec spec, (int Steps, int Batch) size)
    {
        bool isFirst = true;
        return DeclarationText.Write(new ModelSpec(spec.Class, spec.Items.Select(Resize).ToEquatableArray()));

        ItemSpec Resize(ItemSpec item)
        {
            if (item.Kind != "Input")
                return item;
            IEnumerable<FlagSpec> flags = item.Flags.Select(f => f.Name == "TimeSteps" ? f with { Value = FlagValue.Of(size.Steps) } : f);
            if (isFirst)
                flags = flags.Where(f => f.Name != "Batch").Append(new FlagSpec("Batch", FlagValue.Of(size.Batch)));
            isFirst = false;
            return item with { Flags = flags.ToEquatableArray() };
        }
    }
}
