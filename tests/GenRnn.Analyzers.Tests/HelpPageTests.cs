using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Help links open something: where the pages are, the build says.</summary>
public class HelpPageTests
{
    private const string Source = """
        using GenRnn;
        [Input(TimeSteps = 9, Features = 2)] [SimpleRnn(5, ReturnSequence = true, Activation = Activation.Relu)] [SimpleRnn(0)] public partial class Broken;
        [Input(TimeSteps = 9, Features = 2)] [SimpleRnn(5, Activation = Activation.Relu)] public partial class Model;
        static class Use { static void It(Model m, float[] y) => m.Predict(new float[17], y); }
        """;

    [Theory]
    [InlineData("/packages/genrnn/0.1.0/docs/diagnostics/", "file:///packages/genrnn/0.1.0/docs/diagnostics/")]
    [InlineData("/packages/gen rnn/docs/diagnostics", "file:///packages/gen%20rnn/docs/diagnostics/")]
    [InlineData("https://gen.example/diagnostics", "https://gen.example/diagnostics/")]
    [InlineData("", "docs/diagnostics/")]
    [InlineData("../docs", "docs/diagnostics/")]
    public async Task They_lead_where_the_build_says(string property, string address)
    {
        var options = new Options(property);
        CSharpCompilation compilation = GeneratorHost.Compile(Source);
        var driver = (CSharpGeneratorDriver)GeneratorHost.CreateDriver(trackSteps: false).WithUpdatedAnalyzerConfigOptions(options);
        IReadOnlyList<Diagnostic> generator = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out _).GetRunResult().Diagnostics;
        IReadOnlyList<Diagnostic> analyzers = await after.WithAnalyzers(AnalyzerHost.Analyzers, new AnalyzerOptions([], options)).GetAnalyzerDiagnosticsAsync();

        string[] ids = ["GEN0001", "GEN0201", "GEN0204", "GEN0207", "GEN0601"];
        IReadOnlyList<Diagnostic> found = [.. generator, .. analyzers];
        Assert.Superset(ids.ToHashSet(), found.Select(d => d.Id).ToHashSet());
        Assert.All(found, d => Assert.Equal(address + d.Id + ".md", d.Descriptor.HelpLinkUri));

        // Nothing else is another.
        IReadOnlyList<Diagnostic> plain = await AnalyzerHost.FindAllAsync(Source);
        Assert.Equal(plain.Select(Describe).Order(), found.Where(d => d.Id != "GEN0001").Select(Describe).Order());
        static string Describe(Diagnostic d) => d + " " + d.DefaultSeverity + " " + d.Descriptor.IsEnabledByDefault + " " + string.Join(",", d.Properties) + d.AdditionalLocations.Count;
    }

    private sealed class Options(string help) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(help);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string help) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.GenRnnHelp" ? help : null;
                return value is not null;
            }
        }
    }
}
