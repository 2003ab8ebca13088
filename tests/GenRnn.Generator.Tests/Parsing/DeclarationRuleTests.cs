using System;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>What a class must be, and what its attributes must be as a list.</summary>
public class DeclarationRuleTests
{
    private const string Layers = "[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5)] ";

    // {0} is a good list of layers. The text between « and » is what must be underlined.
    [Theory]
    [InlineData("{0} public class «M»;", "GEN0101", "'M' must be partial, because Gen writes its second part")]
    [InlineData("{0} static partial class «M»;", "GEN0104", "Gen cannot extend 'M', because it is static; a model owns its weights: remove 'static'")]
    [InlineData("{0} abstract partial class «M»;", "GEN0104", "Gen cannot extend 'M', because it is abstract; Load creates an instance: remove 'abstract'")]
    [InlineData("{0} file partial class «M»;", "GEN0104", "Gen cannot extend 'M', because it is local to its file; the second part stands in another file: remove 'file'")]
    [InlineData("{0} partial class «M»(int x);", "GEN0104", null)]
    [InlineData("{0} partial record «M»(int X);", "GEN0104", null)]
    [InlineData("{0} partial struct «M»;", "GEN0104", "Gen cannot extend 'M', because it is not a class; a model owns its weights, so it must be a class")]
    [InlineData("class O { {0} partial class «M»; }", "GEN0104", "Gen cannot extend 'M', because 'O' around it is not partial; make it partial too")]
    [InlineData("class Q { partial class O { {0} partial class «M»; } }", "GEN0104", "Gen cannot extend 'M', because 'Q' around it is not partial; make it partial too")]
    [InlineData("class B { protected B(int x) { } } {0} partial class «M» : B;", "GEN0104", null)]
    [InlineData("class B { private B() { } } {0} partial class «M» : B;", "GEN0104", null)]
    [InlineData("{0} partial class «M» { public required int X { get; set; } }", "GEN0104", null)]
    [InlineData("{0} partial class M; «[Dense(1)]» partial class M;", "GEN0103", null)]
    [InlineData("«[SimpleRnn(5)]» [Dense(1)] partial class M;", "GEN0102", null)]
    [InlineData("«[Dense(5)]» {0} partial class M;", "GEN0102", null)]
    [InlineData("{0} «[InitialState(\"H\")]» partial class M;", "GEN0105", "'InitialState' modifies the layer after it, but no layer follows")]
    [InlineData("«[InitialState(\"H\")]» {0} partial class M;", "GEN0105", "'InitialState' modifies the layer after it, but an [Input] follows")]
    [InlineData("{0} [Dense(1, «Name = \"a b\"»)] partial class M;", "GEN0106", "The Name 'a b' of Dense is not an identifier of C#; members of the class are called after it")]
    [InlineData("{0} [Dense(1, «Name = \"\"»)] partial class M;", "GEN0106", null)]
    [InlineData("{0} [Dense(1, «Name = \"class\"»)] partial class M;", "GEN0106", "The Name 'class' of Dense is a keyword of C#; members of the class are called after it")]
    [InlineData("{0} [Dense(1, Name = \"A\")] [Dense(1, «Name = \"a\"»)] partial class M;", "GEN0106", null)]
    [InlineData("{0} [Input(Features = 5, «Name = \"Output\"»)] partial class M;", "GEN0106", null)]
    [InlineData("{0} «[Input(Features = 5)]» partial class M;", "GEN0107", null)]
    [InlineData("{0} partial class M { public int «Batch»; }", "GEN0108", "'Batch' is the name of a member that Gen writes; rename yours")]
    [InlineData("{0} partial class M { public int «Predict» => 1; }", "GEN0108", null)]
    [InlineData("{0} partial class M { public class «Workspace»; }", "GEN0108", null)]
    [InlineData("{0} partial class M { public string «Summary»() => \"\"; }", "GEN0108", "Gen writes 'Summary' with as many parameters; rename yours")]
    [InlineData("{0} partial class M { public «M»(int seed) { } }", "GEN0108", "Gen writes the constructor that takes a seed; remove yours")]
    [InlineData("{0} partial class M { public «M»(string s) { } }", "GEN0108", "A constructor of a model must call the one that Gen writes: add ': this(seed)'")]
    [InlineData("{0} partial class «Step»;", "GEN0108", null, "Step")]
    [InlineData("{0} partial class «M»<Batch>;", "GEN0108", null, "M`1")]
    public void A_mistake_is_found_where_it_stands(string marked, string id, string? message, string name = "M")
    {
        string source = "using GenRnn; " + marked.Replace("{0}", Layers, StringComparison.Ordinal);
        int start = source.IndexOf('«', StringComparison.Ordinal);
        int length = source.IndexOf('»', StringComparison.Ordinal) - start - 1;
        source = source.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        Compilation compilation = GeneratorHost.Compile(source);
        string metadataName = compilation.GetSymbolsWithName(n => n == name.Split('`')[0], SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Select(Identifiers.MetadataName).First();

        ParsedModel model = GeneratorHost.ParseModel(compilation, metadataName);

        Finding finding = Assert.Single(model.Findings);
        Assert.Equal(id, finding.Id);
        Location location = model.Locate(finding);
        int bracket = source[start] == '[' ? 1 : 0;
        Assert.Equal((start + bracket, length - (2 * bracket)), (location.SourceSpan.Start, location.SourceSpan.Length));
        if (message is not null)
            Assert.Equal(message, finding.Message);

        // The generator says so too, unless it has nothing to look up the class by.
        GeneratorResult result = GeneratorHost.Run(source);
        if (source.Contains("[Input", StringComparison.Ordinal))
            Assert.Contains(finding.Message, Assert.Single(result.With("GEN0001")).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (id is "GEN0101" or "GEN0104" or "GEN0107" or "GEN0108")
            Assert.Empty(result.Sources);
    }

    [Theory]
    [InlineData("{0} public sealed partial class M;")]
    [InlineData("{0} partial record M;")]
    [InlineData("{0} partial record class M { public int X { get; init; } }")]
    [InlineData("static partial class O { public partial struct P { {0} internal partial class M; } }")]
    [InlineData("partial interface IO<in T> { {0} partial class M; }")]
    [InlineData("class B { protected B(int x = 0) { } } {0} partial class M : B;")]
    [InlineData("{0} partial class M { public M(string s) : this(s.Length) { } public int Predict(string s) => 1; static M() { } public int Rows; }")]
    [InlineData("[Input(Features = 3)][InitialState(\"H\")][Input(Features = 3)] partial class M;", "GEN0105 GEN0107")]
    [InlineData("[type: Input(TimeSteps = 3, Features = 2), SimpleRnn(5)] partial class M;")]
    [InlineData("[global::GenRnn.Input(TimeSteps = 3, Features = 2)] [GenRnn.SimpleRnnAttribute(5)] partial class M;")]
    [InlineData("{0} [System.Obsolete] [System.Serializable] partial class M;")]
    [InlineData("{0} [Dense(1, Name = \"Ünïcödé_名\")] partial class M;")]
    public void Findings_of_other_declarations(string declaration, string ids = "")
    {
        Compilation compilation = GeneratorHost.Compile("using GenRnn; " + declaration.Replace("{0}", Layers, StringComparison.Ordinal));
        INamedTypeSymbol type = compilation.GetSymbolsWithName("M", SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();

        ParsedModel model = GeneratorHost.ParseModel(compilation, Identifiers.MetadataName(type));

        Assert.Equal(ids, string.Join(" ", model.Findings.Select(f => f.Id)));
    }

    [Fact]
    public void Attributes_on_two_declarations_are_one_mistake_of_one_model()
    {
        const string First = "using GenRnn; [Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5)] public partial class M;";
        const string Second = "using GenRnn; [Input(Features = 2, Name = \"H\")] [Dense(1)] public partial class M;";

        GeneratorResult result = GeneratorHost.Run(First, Second);

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("GEN0001", diagnostic.Id);
        Assert.Equal("Source0.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Contains("spread over several partial declarations", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_others_are_no_model()
    {
        const string Source = "namespace Other { class InputAttribute : System.Attribute { } class DenseAttribute : System.Attribute { public DenseAttribute(int x) { } } }"
            + "namespace N { using Other; [Input] [Dense(1)] class M; }";

        Compilation compilation = GeneratorHost.Compile(Source);
        Assert.Null(ModelParser.Parse(compilation.GetTypeByMetadataName("N.M")!, compilation, default));
        Assert.Empty(GeneratorHost.Run(Source).Diagnostics);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9, true)]
    [InlineData(LanguageVersion.CSharp10, true)]
    [InlineData(LanguageVersion.CSharp11, false)]
    public void A_project_in_an_older_language_is_told_so_rather_than_given_code_that_it_cannot_compile(LanguageVersion version, bool isRefused)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText("using GenRnn; " + Layers + "partial class M { }", new CSharpParseOptions(version), "M.cs");
        CSharpCompilation compilation = GeneratorHost.Compile().AddSyntaxTrees(tree);
        ParsedModel model = GeneratorHost.ParseModel(compilation, "M");

        Assert.Equal(!isRefused, model.CanExtend);
        if (!isRefused)
        {
            Assert.Empty(model.Findings);
            return;
        }

        string found = version.ToDisplayString();
        Finding finding = Assert.Single(model.Findings);
        Assert.Equal($"Gen cannot extend 'M', because its project is written in C# {found}; Gen writes C# 11.0: set LangVersion to that or newer, or remove it", finding.Message);
        GeneratorResult result = GeneratorHost.Run(compilation);
        Assert.Empty(result.Sources);
        Assert.Single(result.With("GEN0001"));
    }
}
