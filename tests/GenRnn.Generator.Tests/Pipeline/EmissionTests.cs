using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>What a consumer's compiler says to models, good and broken.</summary>
public class EmissionTests
{
    // An attribute and an enum share the name Activation; both uses must bind in a consumer.
    [Theory]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5)] [Activation(Activation.Tanh)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, Activation = Activation.Relu)] [Dense(1)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2), SimpleRnn(5, Activation = Activation.Relu), Activation(Activation.Tanh)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2, Layout = DataLayout.TimeMajor, Precision = Precision.Double)] [SimpleRnn(5, Unroll = Unroll.Full, ReturnSequences = true)] [Dense(1)]")]
    public void Good_models_compile_in_a_consumer_without_unsafe_code(string attributes)
    {
        GeneratorResult result = GeneratorHost.Run(
            "using GenRnn;\nnamespace Consumer;\n" + attributes + "\npublic partial class Model;\n"
            + attributes + "\npublic partial record Recorded;\n"
            + "public static partial class Outer<@class> where @class : struct\n{\n" + attributes + "\n    internal sealed partial class @event<T>;\n}\n");

        result.AssertCompiles();
        AssertMembersAreReserved(result);
    }

    [Fact]
    public void Generated_text_is_the_same_in_every_culture()
    {
        const string Source = "using GenRnn;\n[Input(TimeSteps = 3, Features = 2)]\n[Initialize(Weight.Kernel, Initializer.Constant, Value = -1.5)]\n[SimpleRnn(5, ActivationAlpha = -0.25, Activation = Activation.LeakyRelu, Name = \"Iı\")]\n[SimpleRnn(-3)]\npartial class Model;";
        GeneratorResult expected = GeneratorHost.Run(Source);

        // U+2212 for minus, comma for the point, and no case mapping that would be ours.
        var hostile = (CultureInfo)CultureInfo.GetCultureInfo("tr-TR").Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = "٫";
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = hostile;
        try
        {
            Assert.Equal("\u22121", (-1).ToString(CultureInfo.CurrentCulture));
            // Another name, so that the cache cannot answer.
            GeneratorResult found = GeneratorHost.Run(Source.Replace("class Model", "class Nodel", StringComparison.Ordinal));
            Assert.Equal(
                expected.Diagnostics.Select(d => d.GetMessage(CultureInfo.InvariantCulture)),
                found.Diagnostics.Select(d => d.GetMessage(CultureInfo.InvariantCulture).Replace("Nodel", "Model", StringComparison.Ordinal)));
            Assert.Equal(
                expected.Sources.Select(s => s.SourceText.ToString()),
                found.Sources.Select(s => s.SourceText.ToString().Replace("Nodel", "Model", StringComparison.Ordinal)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_documentation_of_a_model_is_the_table_of_its_layers()
    {
        GeneratorResult result = GeneratorHost.Run("using GenRnn;\n[Input(TimeSteps = 50, Features = 1)] [SimpleRnn(20, ReturnSequences = true)] [SimpleRnn(20)] [Dense(1)] public partial class Model;");

        string xml = result.After.GetTypeByMetadataName("Model")!.GetDocumentationCommentXml(CultureInfo.InvariantCulture)!;
        string[][] rows = [.. xml.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

        // Name (class), output shape, parameters, multiply-adds of a row.
        Assert.Contains(rows, r => r is ["simple_rnn", "(SimpleRNN)", "(None,", "50,", "20)", "440", _]);
        Assert.Contains(rows, r => r is ["simple_rnn_1", "(SimpleRNN)", "(None,", "20)", "820", _]);
        Assert.Contains(rows, r => r is ["dense", "(Dense)", "(None,", "1)", "21", _]);
        Assert.Contains(rows, r => r is ["Total", "1,281", _]);
    }

    [Fact]
    public void An_error_of_Gen_cannot_be_configured_away()
    {
        GeneratorResult result = GeneratorHost.Run("using GenRnn;\n[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, ReturnSequence = true)] partial class Model;");

        Diagnostic notGenerated = Assert.Single(result.With("GEN0001"));
        Assert.Equal(DiagnosticSeverity.Error, notGenerated.Severity);
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, notGenerated.Descriptor.CustomTags);
    }

    [Fact]
    public void The_suggestion_travels_with_the_diagnostic()
    {
        GeneratorResult result = GeneratorHost.Run("using GenRnn;\n[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, return_sequence = true)] partial class Model;");

        Assert.Equal("ReturnSequences", Assert.Single(result.With("GEN0201")).Properties[GenRnn.Generator.Diagnostics.DiagnosticTable.SuggestionProperty]);
    }

    /// <summary>Every member that Gen writes is one that the parser lets nobody else declare.</summary>
    private static void AssertMembersAreReserved(GeneratorResult result)
    {
        var unknown = new SortedSet<string>();
        foreach (INamedTypeSymbol type in result.After.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>())
        {
            if (!type.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(InputAttribute)))
                continue;
            foreach (ISymbol member in type.GetMembers())
            {
                bool isEmitted = !member.IsImplicitlyDeclared
                    && member.DeclaringSyntaxReferences.Any(r => !result.Before.ContainsSyntaxTree(r.SyntaxTree));
                bool isNamed = member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
                    && member is not IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 };
                if (isEmitted && isNamed && !GeneratedMembers.Contains(member.Name))
                    unknown.Add(member.Name);
            }
        }

        Assert.Equal("", string.Join(" ", unknown));
    }
}
