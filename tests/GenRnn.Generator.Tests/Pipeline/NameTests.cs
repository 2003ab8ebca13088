using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Whatever names a developer gives, the emitted file compiles, or the name is refused.</summary>
public sealed class NameTests
{
    private const string Two = "[Input(TimeSteps = 3, Features = 2, Name = \"{0}\")] [Lstm(2, Name = \"Encoder\", ReturnState = true)] [Input(TimeSteps = 2, Features = 2, Name = \"{1}\")] [InitialState(\"Encoder\")] [Lstm(2)]";
    private const string Pair = "[Input(TimeSteps = 3, Features = 2)] [Lstm(2, ReturnSequences = true{0})] [Lstm(2{1})]";

    // Names of both inputs of the first model, or of both layers of the second.
    [Theory]
    [InlineData(Two, "Source", "EncoderC", "The Name 'EncoderC' of Input is taken by an output: a state of Encoder")]
    [InlineData(Two, "encoderHLength", "Target", "The Name 'encoderHLength' of Input is taken by an output: a state of Encoder")]
    [InlineData(Two, "lstm", "Target", "The Name 'lstm' of Input is what Lstm is called, which has none; write one there, or another one here")]
    [InlineData(Two, "Source", "rows", "The Name 'rows' of Input is the name of another parameter or variable in Predict, Forward or Backward")]
    [InlineData(Pair, "", ", Name = \"lstm\"", "The Name 'lstm' of Lstm is what Lstm is called, which has none; write one there, or another one here")]
    [InlineData(Pair, "", ", Name = \"Lstm1\"", "The Name 'Lstm1' of Lstm is what Lstm is called, which has none; write one there, or another one here")]
    [InlineData(Pair, ", Name = \"LSTM\"", "", "The Name 'LSTM' of Lstm is what Lstm is called, which has none; write one there, or another one here")]
    [InlineData(Pair, ", Name = \"AViews\"", ", Name = \"A\"", "The Name 'AViews' of Lstm is the type of the weights of A")]
    [InlineData(Pair, ", Name = \"lstm1Views\"", "", "The Name 'lstm1Views' of Lstm is the type of the weights of Lstm1")]
    [InlineData(Pair, ", Name = \"WeightViews\"", "", "The Name 'WeightViews' of Lstm is a member of Weights, where the layer's own would stand")]
    [InlineData(Pair, ", Name = \"Weight\"", "", "The Name 'Weight' of Lstm would give the type of its weights the name of the type of all weights")]
    [InlineData(Pair, ", Name = \"_model\"", "", "The Name '_model' of Lstm is a member of Weights, where the layer's own would stand")]
    [InlineData(Pair, ", Name = \"ToString\"", "", "The Name 'ToString' of Lstm is a member of Weights, where the layer's own would stand")]
    public void A_name_that_Gen_gives_is_refused(string layers, string first, string second, string message)
    {
        GeneratorResult result = Run(layers, first, second);
        Assert.Equal("'M' was not generated: " + message, Assert.Single(result.With("GEN0001")).GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(result.After.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Theory]
    [InlineData(Two, "Input1", "Input2")]
    [InlineData(Two, "Input", "Input0")]
    [InlineData(Two, "State0", "EncoderLength")]
    [InlineData(Two, "SourceGradient", "Source")]
    [InlineData(Two, "SourceLength", "Source")]
    [InlineData(Two, "class_", "Event")]
    [InlineData(Two, "h_1", "d_h_1")]
    [InlineData(Two, "d_c_2", "h_1_at")]
    [InlineData(Pair, ", Name = \"lstm_1\"", "")]
    [InlineData(Pair, ", Name = \"Lstm2\"", "")]
    [InlineData(Pair, ", Name = \"Kernel\"", ", Name = \"State\"")]
    [InlineData(Pair, ", Name = \"Batch\"", ", Name = \"Weights\"")]
    public void Any_other_compiles(string layers, string first, string second)
    {
        GeneratorResult result = Run(layers, first, second);
        Assert.Empty(result.With("GEN0001"));
        Assert.Empty(result.After.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    /// <summary>Each parameter and variable beside an input, in all the code that Gen writes for models with several inputs, is a name that no input may have, or no name at all.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", Layout = DataLayout.TimeMajor")]
    [InlineData(", Lengths = true")]
    public void What_stands_beside_an_input_is_reserved(string flags)
    {
        GeneratorResult result = GeneratorHost.Run("using GenRnn; " + Two.Replace("Name = \"{0}\"", "Name = \"Alpha\"" + flags, StringComparison.Ordinal).Replace("{1}", "Beta", StringComparison.Ordinal) + " partial class M;");
        Assert.Empty(result.With("GEN0001"));
        HashSet<string> beside = [];
        foreach (BaseMethodDeclarationSyntax method in result.After.SyntaxTrees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()))
        {
            List<string> parameters = [.. method.ParameterList.Parameters.Select(p => p.Identifier.ValueText)];
            if (parameters.Contains("alpha"))
                beside.UnionWith(parameters.Concat(method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(v => v.Parent?.Parent is not LocalDeclarationStatementSyntax { IsConst: true }).Select(v => v.Identifier.ValueText)));
        }

        string[] own = ["alpha", "beta", "alphaLengths", "encoderH", "encoderC"];
        Assert.Subset(beside, own.Where(n => n != "alphaLengths" || flags.Contains("Lengths", StringComparison.Ordinal)).ToHashSet());
        // A variable for a whole input is called otherwise where an input has its name, and so is a constant.
        string[] free = [.. beside.Except(own).Where(n => !System.Text.RegularExpressions.Regex.IsMatch(n, "^input[0-9]$") && Run(Two, "Source", n).With("GEN0001").Count == 0)];
        Assert.True(free.Length == 0, "an input may be called " + string.Join(", ", free));
    }

    private static GeneratorResult Run(string layers, string first, string second) => GeneratorHost.Run(
        "using GenRnn; " + layers.Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal) + " partial class M;");
}
