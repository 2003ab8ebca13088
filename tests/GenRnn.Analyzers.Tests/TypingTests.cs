using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Analyzers.Tests;

/// <summary>Code as it looks while somebody types, and code that nobody would type: silence for the first, no exception for the second.</summary>
public class TypingTests(ITestOutputHelper output)
{
    private const string Model = "using GenRnn;\nnamespace N;\n[Input(TimeSteps = 3, Features = 2)]\n[SimpleRnn(5, ReturnSequences = true, Activation = Activation.Tanh)]\n[SimpleRnn(5)]\n[Dense(1)]\npublic partial class Model\n{\n}\n";

    [Fact]
    public async Task Nothing_is_said_of_what_is_not_finished()
    {
        int silent = 0;
        for (int length = 0; length < Model.Length; length++)
        {
            CSharpCompilation compilation = GeneratorHost.Compile(Model[..length]);
            if (compilation.SyntaxTrees[0].GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error))
                continue;

            Assert.Empty(await AnalyzerHost.AnalyzeAsync(compilation));
            silent++;
        }

        output.WriteLine($"{silent} unfinished files.");
        Assert.True(silent > 100);
    }

    [Fact]
    public async Task No_missing_character_is_too_much()
    {
        for (int i = 0; i < Model.Length; i++)
            await AnalyzerHost.AnalyzeAsync(GeneratorHost.Compile(Model.Remove(i, 1)));
    }

    [Theory]
    [InlineData("class C { void M(Model m) { m.Predict(x, x); float[] x = x; m.Predict(x[], new float[y], z); m.Step(); m.Step(..); m.Predict(stackalloc float[], new float[]); m.Fit(null, new() { Shuffle = }); m.Predict(stackalloc float[-1], x[^..^]); } }")]
    [InlineData("class C { void M(Model m) { var a = b.AsSpan(1); var b = a.Slice(1); m.Predict(a, b); System.Threading.Tasks.Parallel.For(); System.Threading.Tasks.Task.Run(() => m.Predict(, )); m.Backward(new float[3]); } }")]
    [InlineData("new Adam { ClipNorm = , ClipValue }; new Trainer<float>(); new Trainer<>(null, null); new FitOptions { BatchSize = 99999999999 };")]
    [InlineData("[Input(] [SimpleRnn(5)] partial class A; [Input(TimeSteps = 2147483647, Features = 2147483647)] [SimpleRnn(2147483647)] partial class B;")]
    [InlineData("[Input(Features = 2)] enum E { } [Input(Features = 1)] interface I; [Input(Features = 1)] struct S; class D { [Input(Features = 1)] void M() { } }")]
    [InlineData("[SimpleRnn(5, Name = \"{0} {1}\")] [Dense(2)] partial class A; partial class A { [Input(Features = 2)] partial class A; }")]
    [InlineData("[Input(Features = 2, TimeSteps = 5)] [InitialState(\"B\")] [SimpleRnn(5, Name = \"B\", GoBackwards = true, ReturnSequences = true, Stateful = true, Unroll = 9999)] partial class A<T, U> { class C { void M(A<int, T> a) => a.Step(null, null, null); } }")]
    [InlineData("class C { void M(Model m, float[] x) { for (int t = 0; t < 5; t++) for (int r = 0; r < ; r++) x[t * + r] = 1; for (int t = 0; t < t; t++) x[t * t * t] = 1; int k = k * k; x[k] = 1; m.Predict(x, x); var (c, h) = ; (c, h) = (1); (c, ) = (h: 1, c: 2); } }")]
    [InlineData("class C { void M(Model m) { var z = new float[5, , 1]; m.Predict(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z[0, 0, 0], z), z); m.Predict(c, h); m.Step(h, , c); m.Fit(new DataSet<float>(new float[], new float[-1]), new() { Loss = , Validation = new DataSet<float>() }); m.Fit(new DataSet<float>(), new()); } }")]
    [InlineData("[Budget(MaxParameters = )] [Input(TimeSteps = 5, Features = 1)] [SimpleRnn(2)] partial class A; [Budget(MaxParameters = 99999999999999999999, MaxMultiplyAdds = -1)] [Input(Features = 1)] [Dense(2)] partial class B; [Budget] partial class D; [Budget, Budget(MaxParameters = 1)] [Input(Features = 1)] [Dense(1)] partial class E;")]
    [InlineData("[Input(Features = 2, TimeSteps = 5)] [InitialState(, \"H\")] [Lstm(5)] partial class A; [Input(Features = 2, TimeSteps = 5)] [InitialState(new[] { \"C\", \"H\" })] [Lstm(5)] partial class B; [Input(Features = 2, TimeSteps = 5)] [TimeDistributed] [Lstm(] partial class D;")]
    public async Task Broken_code_is_survived(string source)
    {
        const string Good = "using GenRnn; [Input(TimeSteps = 5, Features = 1)] [SimpleRnn(2)] partial class Model;";
        await AnalyzerHost.RunAsync(GeneratorHost.Compile(Good, "using System; using GenRnn;\n" + source), "GEN0211", "GEN0305", "GEN0311");
    }

    [Fact]
    public async Task Random_declarations_are_survived()
    {
        var random = new RandomDeclarations(20261123);
        int found = 0;
        for (int batch = 0; batch < 4; batch++)
        {
            string[] sources = Enumerable.Range(0, 30).Select(i => "using GenRnn;\n" + random.Next($"N{i}", isValid: i % 3 == 0)).ToArray();
            IReadOnlyList<Diagnostic> diagnostics = await AnalyzerHost.RunAsync(GeneratorHost.Compile(sources), "GEN0211", "GEN0305");
            found += diagnostics.Count;

            // A valid declaration earns no error.
            Assert.DoesNotContain(diagnostics, d => d.DefaultSeverity == DiagnosticSeverity.Error
                && int.Parse(d.Location.GetLineSpan().Path["Source".Length..^".cs".Length], System.Globalization.CultureInfo.InvariantCulture) % 3 == 0);
        }

        output.WriteLine($"120 declarations, {found} diagnostics.");
    }
}
