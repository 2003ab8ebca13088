using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// A declaration as the parser understood it: plain values for the compiler, and where each of them stands in source.
/// It holds syntax, so it must not travel through an incremental pipeline.
/// </summary>
public sealed class ParsedModel
{
    private readonly IReadOnlyList<ItemSyntax> _items;
    private readonly IReadOnlyList<LocatedFinding> _located;
    private readonly ItemSyntax? _budget;

    internal ParsedModel(
        ModelSpec spec,
        IReadOnlyList<LocatedFinding> located,
        IReadOnlyList<ItemSyntax> items,
        ItemSyntax? budget,
        IReadOnlyList<AttributeSyntax> attributes,
        Location classLocation,
        SyntaxNode declaration,
        bool canExtend,
        int firstHole)
    {
        Spec = spec;
        Findings = located.Select(f => f.Finding).ToEquatableArray();
        Attributes = attributes;
        ClassLocation = classLocation;
        Declaration = declaration;
        CanExtend = canExtend;
        FirstHole = firstHole;
        _located = located;
        _items = items;
        _budget = budget;
    }

    /// <summary>What was declared. Mistakes with one clear meaning are mended, others left out.</summary>
    public ModelSpec Spec { get; }

    /// <summary>What is wrong with the declaration itself, in the order of the source.</summary>
    public EquatableArray<Finding> Findings { get; }

    /// <summary>All attributes of the language on all declarations, in the order of the source, those among them that do not bind included.</summary>
    public IReadOnlyList<AttributeSyntax> Attributes { get; }

    /// <summary>The class's name.</summary>
    public Location ClassLocation { get; }

    /// <summary>The declaration that carries the attributes.</summary>
    public SyntaxNode Declaration { get; }

    /// <summary>Whether a second part of the class would compile.</summary>
    public bool CanExtend { get; }

    /// <summary>Index in the spec's items from which on shapes are unknown, because a layer or a value before was not understood;
    /// <see cref="int.MaxValue"/> if all were.</summary>
    public int FirstHole { get; }

    /// <summary>Where a finding of parser or compiler is underlined: the flag rather than the attribute, the attribute rather than the class.</summary>
    public Location Locate(Finding finding)
    {
        foreach (LocatedFinding located in _located)
        {
            if (ReferenceEquals(located.Finding, finding))
                return located.Location;
        }

        AttributeArgumentSyntax? argument = FindArgument(finding.Place.Item, finding.Place.Modifier, finding.Place.Flag);
        return argument?.GetLocation() ?? FindAttribute(finding.Place.Item, finding.Place.Modifier)?.GetLocation() ?? ClassLocation;
    }

    /// <summary>Whether an attribute or the class's head does not parse: the compiler says that, and the rest may still come.</summary>
    public bool IsHalfTyped
    {
        get
        {
            var declaration = (TypeDeclarationSyntax)Declaration;
            return declaration.Identifier.IsMissing
                || HasErrors(declaration.Identifier)
                || declaration.OpenBraceToken.IsMissing
                || declaration.SemicolonToken.IsMissing
                || Attributes.Any(a => a.Parent is { ContainsDiagnostics: true } list && list.GetDiagnostics().Any(IsError));

            static bool HasErrors(SyntaxToken token) => token.ContainsDiagnostics && token.GetDiagnostics().Any(IsError);
            static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
        }
    }

    /// <summary>Every place that a finding can name.</summary>
    internal IEnumerable<(int Item, int Modifier, string Flag, Location Location)> Places()
    {
        foreach (KeyValuePair<string, AttributeArgumentSyntax> argument in _budget?.Arguments ?? Enumerable.Empty<KeyValuePair<string, AttributeArgumentSyntax>>())
            yield return (-1, -1, argument.Key, argument.Value.GetLocation());
        for (int item = 0; item < _items.Count; item++)
        {
            for (int modifier = -1; modifier < _items[item].Modifiers.Count; modifier++)
            {
                ItemSyntax syntax = Find(item, modifier)!;
                yield return (item, modifier, "", syntax.Attribute.GetLocation());
                foreach (KeyValuePair<string, AttributeArgumentSyntax> argument in syntax.Arguments)
                    yield return (item, modifier, argument.Key, argument.Value.GetLocation());
            }
        }
    }

    /// <summary>The attribute of an item, or of one of its modifiers; null for the class (-1).</summary>
    public AttributeSyntax? FindAttribute(int item, int modifier = -1) => Find(item, modifier)?.Attribute;

    /// <summary>The argument that sets a flag, of the whole model (item -1) or of an item; null if none does.</summary>
    public AttributeArgumentSyntax? FindArgument(int item, int modifier, string flag) =>
        (item < 0 ? _budget : Find(item, modifier)) is { } found && found.Arguments.TryGetValue(flag, out AttributeArgumentSyntax? argument) ? argument : null;

    private ItemSyntax? Find(int item, int modifier)
    {
        if (item < 0 || item >= _items.Count)
            return null;
        if (modifier < 0)
            return _items[item];
        return modifier < _items[item].Modifiers.Count ? _items[item].Modifiers[modifier] : null;
    }
}

/// <summary>Where an item or modifier was written.</summary>
/// <param name="Attribute">Its attribute.</param>
/// <param name="Arguments">Its arguments by flag, under the right name where it was misspelt.</param>
/// <param name="Modifiers">The modifiers of an item, outermost first.</param>
internal sealed record ItemSyntax(
    AttributeSyntax Attribute,
    IReadOnlyDictionary<string, AttributeArgumentSyntax> Arguments,
    IReadOnlyList<ItemSyntax> Modifiers);

/// <summary>A finding of the parser, which knows the place better than item and flag can say.</summary>
internal sealed record LocatedFinding(Finding Finding, Location Location);
