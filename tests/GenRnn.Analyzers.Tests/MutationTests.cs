using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
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
    // Of so many models, analyzers still find in the compiler's cache what the generator had them compiled to.
    private const int ModelsAtOnce = 64;

    private static readonly string[] s_numbers = ["0", "-1", "-7", "1", "600", "2147483647"];
    private static readonly string[] s_reals = ["0", "0.5", "1", "1.5", "-0.1", "1e300", "double.NaN"];

    [Fact]
    public async Task Each_still_means_something_or_is_diagnosed_where_it_was_broken()
    {
        var random = new Random(7);
        var mutants = new List<Mutant>();
        foreach (TestModel model in ModelCatalogue.All)
        {
            for (int i = 0; i < 3; i++)
                mutants.Add(Mutate(model, random, mutants.Count));
            mutants.Add(SetAnotherFlag(model, random, mutants.Count));
            if (MutateCell(model, random, mutants.Count) is { } cell)
                mutants.Add(cell);
        }

        (ILookup<string, Diagnostic> found, HashSet<string> broken) = await FindAsync(mutants.ConvertAll(m => m.Text));
        var wrong = new List<string>();
        int valid = 0;
        for (int i = 0; i < mutants.Count; i++)
        {
            Mutant mutant = mutants[i];
            string path = PathOf(i);
            bool isRefused = broken.Contains(path);
            valid += isRefused ? 0 : 1;

            // An error is said by a rule if and only if the generator refuses the model, and it is never one of Gen's own. A width may break the next layer
            // or state; nothing in front of the mutation is to blame but a modifier that it contradicts.
            if (found[path].Any() != isRefused || found[path].Any(d => d.Id == "GEN0002" || !mutant.MayBlame(d)))
                wrong.Add(mutant.Name + "\n" + mutant.Text + string.Join("\n", found[path]));
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        int diagnosed = mutants.Count - valid;
        output.WriteLine($"{mutants.Count} mutants of {ModelCatalogue.All.Count} models: {diagnosed} diagnosed, {valid} still valid.");
        Assert.True(diagnosed > 150 && valid > 50);
    }

    /// <summary>Errors of each file, and the files whose model was refused.</summary>
    private static async Task<(ILookup<string, Diagnostic> Found, HashSet<string> Broken)> FindAsync(List<string> sources)
    {
        var all = new List<Diagnostic>();
        var broken = new HashSet<string>();
        for (int first = 0; first < sources.Count; first += ModelsAtOnce)
        {
            IEnumerable<SyntaxTree> trees = sources.Skip(first).Take(ModelsAtOnce).Select((text, i) => GeneratorHost.Parse(text, PathOf(first + i)));
            (IReadOnlyList<Diagnostic> analyzers, IReadOnlyList<Diagnostic> generator, _) = await AnalyzerHost.RunAllAsync(GeneratorHost.Compile().AddSyntaxTrees(trees));
            all.AddRange(analyzers.Concat(generator).Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != "GEN0001"));
            broken.UnionWith(generator.Where(d => d.Id == "GEN0001").Select(d => d.Location.GetLineSpan().Path));
        }

        return (all.ToLookup(d => d.Location.GetLineSpan().Path), broken);
    }

    private static string PathOf(int mutant) => FormattableString.Invariant($"Mutant{mutant}.cs");

    /// <summary>One argument of the model's own attributes, broken.</summary>
    private static Mutant Mutate(TestModel model, Random random, int number)
    {
        List<AttributeSyntax> attributes = Attributes(Declaration(model));
        List<AttributeArgumentSyntax> arguments = attributes.SelectMany(a => a.ArgumentList?.Arguments ?? default).ToList();
        AttributeArgumentSyntax victim = arguments[random.Next(arguments.Count)];
        AttributeSyntax attribute = victim.FirstAncestorOrSelf<AttributeSyntax>()!;
        string mutated = Break(victim, random);
        return Write(model, number, attribute, attribute.ToString().Replace(victim.ToString(), mutated, StringComparison.Ordinal), mutated);
    }

    /// <summary>A flag that the attribute has but the model does not set, at a value that may or may not mean something.</summary>
    private static Mutant SetAnotherFlag(TestModel model, Random random, int number)
    {
        List<AttributeSyntax> attributes = Attributes(Declaration(model));
        AttributeSyntax attribute = attributes[random.Next(attributes.Count)];
        FlagDefinition[] unset = [.. Catalogue.Find(attribute.Name.ToString())!.Flags
            .Where(f => !f.IsPositional && !f.IsList && (attribute.ArgumentList is null || attribute.ArgumentList.Arguments.All(a => a.NameEquals?.Name.Identifier.ValueText != f.Name)))];
        if (unset.Length == 0)
            return Mutate(model, random, number);

        FlagDefinition flag = unset[random.Next(unset.Length)];
        string added = flag.Name + " = " + ValueOf(flag, random);
        string text = attribute.ToString();
        string changed = attribute.ArgumentList is { } list ? text[..^1] + (list.Arguments.Count > 0 ? ", " : "") + added + ")" : text + "(" + added + ")";
        return Write(model, number, attribute, changed, added);
    }

    /// <summary>An argument of a cell that stands inside the model's class; null if there is none.</summary>
    private static Mutant? MutateCell(TestModel model, Random random, int number)
    {
        ClassDeclarationSyntax declaration = Declaration(model);
        List<AttributeArgumentSyntax> arguments = declaration.Members.SelectMany(m => m.DescendantNodes()).OfType<AttributeArgumentSyntax>().ToList();
        if (arguments.Count == 0)
            return null;
        AttributeArgumentSyntax victim = arguments[random.Next(arguments.Count)];
        string mutated = Break(victim, random);
        ClassDeclarationSyntax changed = declaration.ReplaceNode(victim, SyntaxFactory.ParseAttributeArgumentList("(" + mutated + ")")!.Arguments[0]);

        // What is wrong with a cell may show at the layer that runs it as well.
        return new Mutant(model.Name + ": cell, " + mutated, Source(number, Attributes(declaration).Select(a => a.ToString()), changed), 0, []);
    }

    private static string Break(AttributeArgumentSyntax victim, Random random)
    {
        string text = victim.ToString();
        return (random.Next(3), victim.NameEquals) switch
        {
            (0, { } name) => text.Remove(random.Next(1, name.Name.Identifier.ValueText.Length - 1), 1),
            (1, { } name) => text.Insert(random.Next(1, name.Name.Identifier.ValueText.Length), "x"),
            _ when victim.Expression is LiteralExpressionSyntax { Token.Value: int or double } or PrefixUnaryExpressionSyntax =>
                text.Replace(victim.Expression.ToString(), s_numbers[random.Next(s_numbers.Length)], StringComparison.Ordinal),
            _ when victim.Expression is LiteralExpressionSyntax { Token.Value: bool value } => text.Replace(value ? "true" : "false", random.Next(2) == 0 ? "0" : "maybe", StringComparison.Ordinal),
            _ => text.TrimEnd('"') + "x" + (text.EndsWith('"') ? "\"" : ""),
        };
    }

    private static string ValueOf(FlagDefinition flag, Random random)
    {
        switch (flag.Type)
        {
            case FlagType.Boolean:
                return "true";
            case FlagType.Number:
                return s_reals[random.Next(s_reals.Length)];
            case FlagType.Enum:
                string[] members = Enum.GetNames(typeof(Activation).Assembly.GetType("GenRnn." + flag.EnumName, throwOnError: true)!);
                return flag.EnumName + "." + members[random.Next(members.Length)];
            case FlagType.Text:
                return random.Next(2) == 0 ? "\"Other\"" : "\"an other\"";
            default:
                return s_numbers[random.Next(s_numbers.Length)];
        }
    }

    private static ClassDeclarationSyntax Declaration(TestModel model) =>
        CSharpSyntaxTree.ParseText(model.Declaration).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First();

    private static List<AttributeSyntax> Attributes(ClassDeclarationSyntax declaration) => declaration.AttributeLists.SelectMany(l => l.Attributes).ToList();

    /// <summary>One attribute a line.</summary>
    private static Mutant Write(TestModel model, int number, AttributeSyntax attribute, string changed, string mutated)
    {
        const int FirstLine = 2;
        ClassDeclarationSyntax declaration = Declaration(model);
        List<AttributeSyntax> attributes = Attributes(declaration);
        int index = attributes.FindIndex(a => a.Span == attribute.Span);
        int start = StartOfItem(attributes, index);

        // A state that is given may stand in front of the layer that it does not fit, wherever that is.
        int[] modifiers = [.. Enumerable.Range(0, index)
            .Where(i => attributes[i].Name.ToString() == "InitialState" || (i >= start && IsModifier(attributes[i])))
            .Select(i => FirstLine + i)];

        return new Mutant(model.Name + ": " + mutated, Source(number, attributes.Select((a, i) => i == index ? changed : a.ToString()), declaration), FirstLine + index, modifiers);
    }

    /// <summary>An item begins with its modifiers. The layer that runs backwards is part of the item before it.</summary>
    private static int StartOfItem(List<AttributeSyntax> attributes, int index)
    {
        while (index > 0 && (attributes[index].Name.ToString() == "Backward" || IsModifier(attributes[index - 1])))
            index--;
        return index;
    }

    private static bool IsModifier(AttributeSyntax attribute) => Catalogue.Find(attribute.Name.ToString())!.Role == ItemRole.Modifier;

    private static string Source(int number, IEnumerable<string> attributes, ClassDeclarationSyntax declaration) =>
        FormattableString.Invariant($"using GenRnn;\nnamespace N{number};\n")
        + string.Join("\n", attributes.Select(a => "[" + a + "]")) + "\n" + declaration.WithAttributeLists(default).ToFullString();

    /// <summary>A broken model.</summary>
    /// <param name="Name">The model and what was changed.</param>
    /// <param name="Text">Its file.</param>
    /// <param name="Line">The line of what was changed.</param>
    /// <param name="Modifiers">Lines before it, of modifiers whose flags it may contradict.</param>
    private sealed record Mutant(string Name, string Text, int Line, int[] Modifiers)
    {
        // Initial states, a wrapper and the layers of both directions, which do not fit.
        private static readonly string[] s_contradictions = ["GEN0303", "GEN0307", "GEN0313"];

        public bool MayBlame(Diagnostic finding)
        {
            int line = finding.Location.GetLineSpan().StartLinePosition.Line;
            return line >= Line || (Modifiers.Contains(line) && s_contradictions.Contains(finding.Id));
        }
    }
}
