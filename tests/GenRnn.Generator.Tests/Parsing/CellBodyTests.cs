using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Interpreter;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>Cells that are written in C#: what their methods become, and what is said of those that cannot be compiled.</summary>
public class CellBodyTests
{
    private const string Runner = "[Input(TimeSteps = 6, Features = 3, Batch = 4)] [Rnn(typeof(Own), ReturnSequences = true)] [Dense(2)] public partial class Model;";

    private const string BuiltIn = "[Input(TimeSteps = 6, Features = 3, Batch = 4)] [SimpleRnn(5, ReturnSequences = true)] [Dense(2)] public partial class Model;";

    // Nothing in the compiler tells the two apart, so neither is faster.
    [Fact]
    public void A_cell_in_CSharp_is_the_program_of_the_built_in_cell_of_the_same_equations()
    {
        string own = Dump("[Cell(5)] public static class Own { public static Vec Step(CellWeights w, Vec x, Vec h) => Vec.Tanh(w.Linear(\"cell\", 5, x, h)); }\n" + Runner)
            .Replace("rnn/own/cell_", "simple_rnn/simple_rnn_cell/", StringComparison.Ordinal)
            .Replace("h' = Vec.Tanh(w.Linear(\"cell\", 5, x, h))", "h' = tanh(b + x K + h R)", StringComparison.Ordinal);
        own = Regex.Replace(own, @"(?<!simple_)\brnn\b|(?<=d_)rnn\b", "simple_rnn");

        Assert.Equal(Dump(BuiltIn), own);
    }

    [Theory]
    [InlineData("Vec f = Vec.Sigmoid(w.Linear(\"f\", 5, x, h)); Vec c = f * h; c += w.Linear(\"g\", 5, x); return c;", "return Vec.Sigmoid(w.Linear(\"f\", 5, x, h)) * h + w.Linear(\"g\", 5, x);")]
    [InlineData("const float one = 1f; return (one - h) * w.Linear(\"g\", 5, x);", "return (1 - h) * w.Linear(\"g\", 5, x);")]
    [InlineData("return Blend(w, \"g\", x, h, 5);", "return Vec.Tanh(w.Linear(\"g_in\", 5, x)) * h;")]
    [InlineData("(Vec a, Vec b) = (h[..2], h[^3..]); return Vec.Concat(a, b) + w.Linear(\"g\", 5, x);", "return Vec.Concat(h.Slice(0, 2), h.Slice(2, 3)) + w.Linear(\"g\", 5, x);")]
    public void Ways_to_write_the_same_are_the_same_program(string one, string other) => Assert.Equal(Equations(Dump(Cell(other) + Runner)), Equations(Dump(Cell(one) + Runner)));

    [Theory]
    [InlineData("return h * 0.5;", "'0.5' is a double, and a cell computes with float: write 0.5f", "0.5f")]
    [InlineData("const double k = 0.5; return h * k;", "'k' is a double, and a cell computes with float: write (float)k", "(float)k")]
    public void A_number_without_its_f_is_told_so(string body, string message, string suggestion)
    {
        Finding finding = Assert.Single(GeneratorHost.ParseModel(GeneratorHost.Compile("using GenRnn;\n" + Cell(body) + Runner), "Own").Findings);

        Assert.Equal(message, finding.Message);
        Assert.Equal(suggestion, finding.Suggestion);
        Assert.Empty(GeneratorHost.ParseModel(GeneratorHost.Compile("using GenRnn;\n" + Cell("return (float)0.5 * h + 2 * h;") + Runner), "Own").Findings);
    }

    // A range of no values was said to take the values 4 to 3.
    [Theory]
    [InlineData("return w.Linear(\"g\", 5, h[4..4]);", "'h[4..4]' takes no values: it begins at 4 and ends in front of 4")]
    [InlineData("return w.Linear(\"g\", 5, h[3..^3]);", "'h[3..^3]' takes no values: it begins at 3 and ends in front of 2")]
    [InlineData("return w.Linear(\"g\", 5, h[2..9]);", "'h[2..9]' takes the values 2 to 8 of 5, which are 0 to 4")]
    public void A_slice_that_does_not_fit_says_what_there_is(string body, string message) => Assert.Equal(
        message, Assert.Single(GeneratorHost.ParseModel(GeneratorHost.Compile("using GenRnn;\n" + Cell(body) + Runner), "Own").Findings).Message);

    [Theory]
    [InlineData("while (true) { }", "GEN0704", "while (true) { }")]
    [InlineData("return h[0] > 0 ? h : -h;", "GEN0704", "h[0] > 0 ? h : -h")]
    [InlineData("return w.Linear(\"g\", x.Width, x, h);", "GEN0704", "x.Width")]
    [InlineData("return Vec.State(new float[5]);", "GEN0704", "Vec.State(new float[5])")]
    [InlineData("string name = System.Environment.NewLine; return w.Linear(name, 5, x, h);", "GEN0704", "System.Environment.NewLine")]
    [InlineData("return h * 0.5;", "GEN0704", "0.5")]
    [InlineData("return 0.5 * h + w.Linear(\"g\", 5, x);", "GEN0704", "0.5")]
    [InlineData("Vec half = 1e-3; return h * half;", "GEN0704", "1e-3")]
    [InlineData("return Vec.Tanh(0.5);", "GEN0704", "0.5")]
    [InlineData("const double k = 0.5; return h * k;", "GEN0704", "k")]
    [InlineData("return h[4..4];", "GEN0705", "h[4..4]")]
    [InlineData("return h + w.Linear(\"g\", 4, x);", "GEN0705", "h + w.Linear(\"g\", 4, x)")]
    [InlineData("return h[2..9];", "GEN0705", "h[2..9]")]
    [InlineData("return x;", "GEN0705", "x")]
    [InlineData("return w.Linear(\"g__x\", 5, x);", "GEN0706", "\"g__x\"")]
    [InlineData("return w.Linear(\"a_b\", 5, x) + w.Linear(\"aB\", 5, h);", "GEN0706", "\"aB\"")]
    public void What_is_outside_is_said_on_its_expression(string body, string id, string place)
    {
        Compilation compilation = GeneratorHost.Compile("using GenRnn;\n" + Cell(body) + Runner);
        ParsedModel parsed = GeneratorHost.ParseModel(compilation, "Own");

        Finding finding = Assert.Single(parsed.Findings);
        Assert.Equal(id, finding.Id);
        Location location = parsed.Locate(finding);
        Assert.Equal(place, location.SourceTree!.GetText(CancellationToken.None).ToString(location.SourceSpan));
    }

    [Fact]
    public void A_width_that_depends_on_the_input_is_checked_for_each_model()
    {
        GeneratorResult run = GeneratorHost.Run(
            "using GenRnn;\n[Cell(3)] public static class Own { public static Vec Step(CellWeights w, Vec x, Vec h) => Vec.Tanh(w.Linear(\"g\", 3, h) + x); }\n"
            + Runner + "\n" + Runner.Replace("Features = 3", "Features = 4", StringComparison.Ordinal).Replace("class Model", "class Wide", StringComparison.Ordinal));

        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(Rules.NotGenerated.Id, error.Id);
        Assert.StartsWith("'Wide' was not generated: with an input of 4 values, in 'Own':", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_s_examples_compile_without_a_word()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "writing-a-cell.md"));
        string[] examples = Regex.Matches(page, "```csharp\r?\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).ToArray();
        string declarations = string.Concat(examples.Where(e => e.Contains("class ", StringComparison.Ordinal)));
        string statements = string.Concat(examples.Where(e => !e.Contains("class ", StringComparison.Ordinal)));
        Assert.True(examples.Length >= 6);

        GeneratorResult run = GeneratorHost.Run("using GenRnn;\n" + declarations + "public static class Use { public static void Run(float[] x) {\n" + statements + "} }\n");

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.After.GetDiagnostics(CancellationToken.None).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    private static string Cell(string body) => "[Cell(5)] public static class Own {\npublic static Vec Step(CellWeights w, Vec x, Vec h) { " + body + " }\n"
        + "private static Vec Blend(CellWeights w, string name, Vec x, Vec h, int units) => Vec.Tanh(w.Linear(name + \"_in\", units, x)) * h;\n}\n";

    private static string Dump(string source)
    {
        CSharpCompilation compilation = GeneratorHost.Compile("using GenRnn;\n" + source);
        ParsedModel parsed = GeneratorHost.ParseModel(compilation, "Model");
        return TextDump.Write(CompiledProgram.Of(CellDeclarations.Join(parsed.Spec, compilation, CancellationToken.None)));
    }

    // Equations quote the source.
    private static string Equations(string dump) => Regex.Replace(dump, " steps: .*", " steps");
}
