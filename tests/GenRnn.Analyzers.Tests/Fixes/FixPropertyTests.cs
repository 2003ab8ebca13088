using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>
/// Whatever a fix writes binds where it is written, and is the end of the matter: each fix for each page's bad example, as it stands and where names must be
/// qualified, takes its finding away and brings no other.
/// </summary>
public class FixPropertyTests
{
    private static readonly string s_pages = Path.Combine(AppContext.BaseDirectory, "diagnostics");

    // Where names must be qualified is where fixes go wrong; the others are for a run of all.
    private static readonly string[] s_hardest = ["without a using", "in a generic class"];
    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    /// <summary>Diagnostics that some fix claims to mend.</summary>
    public static TheoryData<string> Ids { get; } = new(DiagnosticTable.All.Select(d => d.Id)
        .Where(id => FixHost.Providers.Any(p => p.FixableDiagnosticIds.Contains(id))));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_fix_ends_its_finding_and_begins_none(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(s_pages, id + ".md"));
        string bad = "using System;\nusing System.Threading.Tasks;\nusing GenRnn;\n\n" + Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        int offered = 0;
        foreach ((string place, string source) in Variants(bad).Where(v => s_isExhaustive || s_hardest.Contains(v.Place)))
        {
            (HashSet<string> before, int count) = await SayAsync(source, id);
            Assert.True(count > 0, place + " does not have the mistake any more:\n" + source);
            using var untouched = new FixHost([source]);
            IReadOnlyList<string> titles = await untouched.AllTitlesAsync(id);
            for (int fix = 0; fix < titles.Count; fix++)
            {
                using var host = new FixHost([source]);
                await host.ApplyAsync(id, fix);
                offered++;

                (HashSet<string> after, int left) = await SayAsync(host.Texts[0], id);
                string told = place + ": " + titles[fix] + "\n" + host.Texts[0];
                Assert.True(left < count, "The finding stays. " + told);
                Assert.True(after.IsSubsetOf(before), "New: " + string.Join(", ", after.Except(before)) + ". " + told);
            }
        }

        Assert.True(offered > 0 || !s_mended.Contains(id), "No fix is offered for the bad example of " + id + ".");
    }

    /// <summary>Those whose page shows a mistake that a fix mends. Of the others some can be mended, but not by a fix what their page shows.</summary>
    private static readonly string[] s_mended =
    [
        "GEN0101", "GEN0102", "GEN0103", "GEN0105", "GEN0109", "GEN0201", "GEN0202", "GEN0203", "GEN0206", "GEN0207", "GEN0208", "GEN0209", "GEN0210", "GEN0211", "GEN0212",
        "GEN0213", "GEN0214", "GEN0301", "GEN0304", "GEN0310", "GEN0311", "GEN0312", "GEN0313", "GEN0401", "GEN0402", "GEN0403", "GEN0404", "GEN0501", "GEN0503", "GEN0601",
        "GEN0603", "GEN0605", "GEN0606", "GEN0609", "GEN0610",
    ];

    /// <summary>What compiler, generator and analyzers find wrong, each once, and how often they say the one thing.</summary>
    private static async Task<(HashSet<string> Said, int Count)> SayAsync(string source, string id)
    {
        (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, CSharpCompilation after) = await AnalyzerHost.RunAllAsync(GeneratorHost.Compile(source), id);
        List<Diagnostic> all = [.. analyzers, .. generator, .. AnalyzerHost.CompilerDiagnostics(after).Where(d => d.Severity == DiagnosticSeverity.Error)];
        return ([.. all.Where(d => d.Id != id).Select(d => d.Id)], all.Count(d => d.Id == id));
    }

    private static IEnumerable<(string Place, string Source)> Variants(string bad)
    {
        yield return ("as it stands", bad);
        yield return ("without a using", Rewrite(bad, "GenRnn.", ""));
        yield return ("through an alias", Rewrite(bad, "G.", "using G = GenRnn;\n"));
        if (NestModels(bad, "Outer", "Outer") is { } nested)
            yield return ("in another class", nested);
        if (NestModels(bad, "Outer<T>", "Outer<int>") is { } generic)
            yield return ("in a generic class", generic);
        yield return ("in a namespace", bad.Replace("using GenRnn;\n", "using GenRnn;\nnamespace Shop.Models;\n", StringComparison.Ordinal));
    }

    /// <summary>Every name of Gen's with a qualifier instead of the using.</summary>
    private static string Rewrite(string source, string qualifier, string head)
    {
        CSharpCompilation compilation = GeneratorHost.Run(source).After;
        SyntaxTree tree = compilation.SyntaxTrees.First();
        SemanticModel model = compilation.GetSemanticModel(tree);
        IEnumerable<SimpleNameSyntax> names = tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(n => n.Parent is not (QualifiedNameSyntax or UsingDirectiveSyntax or NameEqualsSyntax or NameColonSyntax) && !(n.Parent is MemberAccessExpressionSyntax access && access.Name == n))
            .Where(n => IsOurs(model, n));
        string text = source;
        foreach (SimpleNameSyntax name in names.OrderByDescending(n => n.SpanStart))
            text = text.Insert(name.SpanStart, qualifier);

        // Fit and Evaluate are extensions, which no qualifier reaches.
        return head + "using static GenRnn.ModelTraining;\n" + text.Replace("using GenRnn;\n", "", StringComparison.Ordinal);
    }

    /// <summary>An attribute that does not bind is taken for one of Gen's: none of the pages uses others but the framework's.</summary>
    private static bool IsOurs(SemanticModel model, SimpleNameSyntax name)
    {
        if (name.Parent is AttributeSyntax attribute && model.GetSymbolInfo(attribute).Symbol is null)
            return model.GetTypeInfo(attribute).Type is null or { TypeKind: TypeKind.Error } or { ContainingNamespace.Name: "GenRnn" };
        ISymbol? symbol = name.Parent is AttributeSyntax bound ? model.GetSymbolInfo(bound).Symbol?.ContainingType : model.GetSymbolInfo(name).Symbol;
        return symbol is INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "GenRnn", ContainingNamespace.IsGlobalNamespace: true } };
    }

    /// <summary>Models as nested classes, and what uses them outside; null where the page does not use them.</summary>
    private static string? NestModels(string source, string outer, string used)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        List<ClassDeclarationSyntax> models = root.ChildNodes().OfType<ClassDeclarationSyntax>().Where(c => c.AttributeLists.Count > 0).ToList();
        List<ClassDeclarationSyntax> users = root.ChildNodes().OfType<ClassDeclarationSyntax>().Except(models).ToList();
        if (models.Count == 0 || users.Count == 0 || models.Any(m => !m.Modifiers.Any(SyntaxKind.PartialKeyword)))
            return null;

        HashSet<string> names = [.. models.Select(m => m.Identifier.ValueText)];
        string calls = string.Concat(users.Select(u => u.ReplaceNodes(
            u.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => names.Contains(n.Identifier.ValueText)),
            (_, name) => SyntaxFactory.ParseName(used + "." + name.Identifier.ValueText).WithTriviaFrom(name)).ToFullString()));
        return "using System;\nusing System.Threading.Tasks;\nusing GenRnn;\n\npublic partial class " + outer + "\n{\n"
            + string.Concat(models.Select(m => m.ToFullString().TrimStart())) + "}\n" + calls;
    }
}
