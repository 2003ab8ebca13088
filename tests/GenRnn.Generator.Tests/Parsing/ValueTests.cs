using System;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>Constants in all the ways that C# writes them.</summary>
public class ValueTests
{
    private const string Prelude = """
        using GenRnn;
        using A = GenRnn.Activation;
        using static GenRnn.Activation;
        static class K { public const int Five = 5; public const bool Yes = true; public const double Half = 0.5; public const string Title = "T"; public const Activation Act = Activation.Relu; }

        """;

    [Theory]
    [InlineData("SimpleRnn(5)", "Units=5")]
    [InlineData("SimpleRnn((5))", "Units=5")]
    [InlineData("SimpleRnn(0x05)", "Units=5")]
    [InlineData("SimpleRnn(-5)", "Units=-5")]
    [InlineData("SimpleRnn(K.Five + 1)", "Units=6")]
    [InlineData("SimpleRnn(units: (byte)5)", "Units=5")]
    [InlineData("SimpleRnn(int.MaxValue)", "Units=2147483647")]
    [InlineData("SimpleRnn(checked(2 * 3))", "Units=6")]
    [InlineData("SimpleRnn(5, Activation = Activation.Tanh)", "Units=5 Activation=Tanh")]
    [InlineData("SimpleRnn(5, Activation = GenRnn.Activation.Tanh)", "Units=5 Activation=Tanh")]
    [InlineData("SimpleRnn(5, Activation = global::GenRnn.Activation.Tanh)", "Units=5 Activation=Tanh")]
    [InlineData("SimpleRnn(5, Activation = A.Tanh)", "Units=5 Activation=Tanh")]
    [InlineData("SimpleRnn(5, Activation = Relu6)", "Units=5 Activation=Relu6")]
    [InlineData("SimpleRnn(5, Activation = K.Act)", "Units=5 Activation=Relu")]
    [InlineData("SimpleRnn(5, Activation = (Activation)1)", "Units=5 Activation=Tanh")]
    [InlineData("SimpleRnn(5, Activation = default)", "Units=5 Activation=Linear")]
    [InlineData("SimpleRnn(5, UseBias = !K.Yes)", "Units=5 UseBias=0")]
    [InlineData("SimpleRnn(5, Unroll = Unroll.Full)", "Units=5 Unroll=-1")]
    [InlineData("SimpleRnn(5, Unroll = GenRnn.Unroll.Auto)", "Units=5 Unroll=0")]
    [InlineData("SimpleRnn(5, ActivationAlpha = 1)", "Units=5 ActivationAlpha=1")]
    [InlineData("SimpleRnn(5, ActivationAlpha = 0.1f)", "Units=5 ActivationAlpha=0.10000000149011612")]
    [InlineData("SimpleRnn(5, ActivationAlpha = K.Half * 3)", "Units=5 ActivationAlpha=1.5")]
    [InlineData("SimpleRnn(5, ActivationAlpha = -1e-300)", "Units=5 ActivationAlpha=-1E-300")]
    [InlineData("SimpleRnn(5, Name = nameof(K))", "Units=5 Name=K")]
    [InlineData("SimpleRnn(5, Name = K.Title + \"u\")", "Units=5 Name=Tu")]
    [InlineData("SimpleRnn(5, Name = $\"{K.Title}\")", "Units=5 Name=T")]
    [InlineData("SimpleRnn(5, Name = null)", "Units=5")]
    [InlineData("SimpleRnn(5, Name = (string?)null)", "Units=5")]
    [InlineData("SimpleRnn(5, Name = \"\"\"N\"\"\", UseBias = false, Activation = Activation.Relu)", "Units=5 Activation=Relu UseBias=0 Name=N")]
    [InlineData("InitialState(\"a\", K.Title), SimpleRnn(5)", "Sources=[a,T] | Units=5")]
    [InlineData("InitialState(new[] { \"a\", \"b\" }), SimpleRnn(5)", "Sources=[a,b] | Units=5")]
    [InlineData("InitialState(sources: \"a\"), SimpleRnn(5)", "Sources=[a] | Units=5")]
    [InlineData("Initialize(initializer: Initializer.Constant, weight: Weight.Bias, Value = 1), Initialize(Weight.Kernel, Initializer.Identity), Dense(5)",
        "Weight=Bias Initializer=Constant Value=1 | Weight=Kernel Initializer=Identity | Units=5")]
    [InlineData("Activation(Activation.Tanh)", "Function=Tanh")]
    [InlineData("Activation(Tanh)", "Function=Tanh")]
    public void Is_read(string attributes, string expected)
    {
        var compilation = GeneratorHost.Compile(Prelude + "[Input(TimeSteps = 3, Features = 2), " + attributes + "] partial class Model;");
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));

        ParsedModel model = GeneratorHost.ParseModel(compilation, "Model");

        Assert.Empty(model.Findings);
        ItemSpec item = model.Spec.Items[1];
        Assert.Equal(expected, string.Join(" | ", item.Modifiers.Select(m => Print(m.Flags)).Append(Print(item.Flags))));
    }

    [Theory]
    [InlineData("Activation = Initializer.Zeros")]
    [InlineData("Unroll = 2.5")]
    [InlineData("Unroll = 5L")]
    [InlineData("ActivationAlpha = 1m")]
    [InlineData("Name = 'c'")]
    [InlineData("UseBias = null")]
    [InlineData("Activation = 1")]
    [InlineData("Activation = 0")] // C# takes a literal zero for any enum; a reader takes it for nothing.
    [InlineData("Unroll = 'a'")] // C# takes a character for a number.
    public void Is_refused(string flag)
    {
        ParsedModel model = GeneratorHost.ParseModel(
            GeneratorHost.Compile(Prelude + "[Input(TimeSteps = 3, Features = 2), SimpleRnn(5, " + flag + ")] partial class Model;"), "Model");

        Assert.Equal("GEN0203", Assert.Single(model.Findings).Id);
        Assert.Equal("Units=5", Print(model.Spec.Items[1].Flags));
        Assert.Equal(1, model.FirstHole);
    }

    private static string Print(EquatableArray<FlagSpec> flags) => string.Join(" ", flags.Select(f =>
        f.Name + "=" + (f.Value.List.Count > 0 ? "[" + string.Join(",", f.Value.List) + "]" : f.Value.Text ?? FormattableString.Invariant($"{f.Value.Number}"))));
}
