using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.TestModels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Analyzers.Tests;

/// <summary>Every model of the catalogue with one flag or width broken at random: it still means something, or the right place is underlined.</summary>
public class MutationTests(ITestOutputHelper output)
{
    private static readonly string[] s_numbers = ["0", "-1", "-7", "1", "600", "2147483647"];

    [Fact]
    public async Task Each_still_means_something_or_is_diagnosed_where_it_was_broken()
    {
        var random = new Random(7);
        var mutants = new List<(string Name, string Text, int Line)>();
        foreach (TestModel model in ModelCatalogue.All)
        {
            for (int i = 0; i < 3; i++)
                mutants.Add(Mutate(model, random, mutants.Count));
        }

        CSharpCompilation compilation = GeneratorHost.Compile(mutants.Select(m => m.Text).ToArray());
        (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, _) = await AnalyzerHost.RunAllAsync(compilation);
        ILookup<string, Diagnostic> found = analyzers.Concat(generator).Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != "GEN0001")
            .ToLookup(d => d.Location.GetLineSpan().Path);
        HashSet<string> broken = generator.Where(d => d.Id == "GEN0001").Select(d => d.Location.GetLineSpan().Path).ToHashSet();

        int valid = 0;
        int diagnosed = 0;
        for (int i = 0; i < mutants.Count; i++)
        {
            (string name, string text, int line) = mutants[i];
            string path = $"Source{i}.cs";

            // An error is said by a rule if and only if the generator refuses the model.
            Assert.True(found[path].Any() == broken.Contains(path), name + "\n" + text + string.Join("\n", found[path]));
            if (!broken.Contains(path))
            {
                valid++;
                continue;
            }

            // A width may break the next layer or state; nothing in front of the mutation is to blame.
            diagnosed++;
            Assert.DoesNotContain(found[path], d => d.Id == "GEN0002");
            Assert.True(found[path].All(d => d.Location.GetLineSpan().StartLinePosition.Line >= line), name + "\n" + text + string.Join("\n", found[path]));
        }

        output.WriteLine($"{mutants.Count} mutants of {ModelCatalogue.All.Count} models: {diagnosed} diagnosed, {valid} still valid.");
        Assert.True(diagnosed > 50 && valid > 10);
    }

    /// <summary>One attribute a line; the line of the mutation is what may be underlined first.</summary>
    private static (string Name, string Text, int Line) Mutate(TestModel model, Random random, int number)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(model.Declaration).GetRoot();
        // Cells stand inside the model's class and stay as they are.
        ClassDeclarationSyntax declaration = root.DescendantNodes().OfType<ClassDeclarationSyntax>().First();
        List<AttributeSyntax> attributes = declaration.AttributeLists.SelectMany(l => l.Attributes).ToList();
        List<AttributeArgumentSyntax> arguments = attributes.SelectMany(a => a.ArgumentList?.Arguments ?? default).ToList();
        AttributeArgumentSyntax victim = arguments[random.Next(arguments.Count)];
        string text = victim.ToString();
        string mutated = (random.Next(3), victim.NameEquals) switch
        {
            (0, { } name) => text.Remove(random.Next(1, name.Name.Identifier.ValueText.Length - 1), 1),
            (1, { } name) => text.Insert(random.Next(1, name.Name.Identifier.ValueText.Length), "x"),
            _ when victim.Expression is LiteralExpressionSyntax { Token.Value: int or double } or PrefixUnaryExpressionSyntax =>
                text.Replace(victim.Expression.ToString(), s_numbers[random.Next(s_numbers.Length)], StringComparison.Ordinal),
            _ when victim.Expression is LiteralExpressionSyntax { Token.Value: bool value } => text.Replace(value ? "true" : "false", random.Next(2) == 0 ? "0" : "maybe", StringComparison.Ordinal),
            _ => text.TrimEnd('"') + "x" + (text.EndsWith('"') ? "\"" : ""),
        };

        // An item begins with its modifiers; a state that is given may stand in front of the layer that it does not fit.
        int index = attributes.IndexOf(victim.FirstAncestorOrSelf<AttributeSyntax>()!);
        IEnumerable<string> lines = attributes.Select((a, i) => "[" + (i == index ? a.ToString().Replace(text, mutated, StringComparison.Ordinal) : a.ToString()) + "]");
        string source = "using GenRnn;\nnamespace N" + number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ";\n" + string.Join("\n", lines) + "\n" + declaration.WithAttributeLists(default).ToFullString();
        bool isState = attributes.Any(a => a.Name.ToString() == "InitialState");
        return (model.Name + ": " + mutated, source, isState ? 0 : 2 + index);
    }
}
