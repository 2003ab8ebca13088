using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>Modifiers that were read and wait for the layer after them.</summary>
internal sealed class PendingModifiers(FindingSink findings)
{
    private readonly List<(ModifierSpec Spec, ItemSyntax Syntax)> _modifiers = new();

    public int Count => _modifiers.Count;

    public EquatableArray<ModifierSpec> Specs => _modifiers.Select(m => m.Spec).ToEquatableArray();

    public IReadOnlyList<ItemSyntax> Syntax => _modifiers.Select(m => m.Syntax).ToList();

    /// <summary>Whether the layer after them is the half of a bidirectional one that runs backwards.</summary>
    public bool MakeHalf => _modifiers.Any(m => m.Spec.Kind == BackwardHalf.Kind);

    public void Add(ModifierSpec spec, ItemSyntax syntax) => _modifiers.Add((spec, syntax));

    public void Clear() => _modifiers.Clear();

    /// <summary>A half's own modifiers have no index of their own: their arguments are found among the half's, whose names differ.</summary>
    public IReadOnlyDictionary<string, AttributeArgumentSyntax> ArgumentsWith(IReadOnlyDictionary<string, AttributeArgumentSyntax> own)
    {
        var arguments = _modifiers.SelectMany(m => m.Syntax.Arguments).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.First().Value);
        foreach (KeyValuePair<string, AttributeArgumentSyntax> argument in own)
            arguments[argument.Key] = argument.Value;
        return arguments;
    }

    /// <summary>Says of each that no layer follows, and drops it.</summary>
    /// <param name="what">What follows instead.</param>
    /// <param name="isWrong">Which of them; null for all.</param>
    public void Refuse(string what, Func<ModifierSpec, bool>? isWrong = null)
    {
        foreach ((ModifierSpec spec, ItemSyntax syntax) in _modifiers.Where(m => isWrong?.Invoke(m.Spec) ?? true))
            findings.AddClass(Rules.ModifierWithoutLayer, syntax.Attribute.GetLocation(), spec.Kind, what);
        _modifiers.RemoveAll(m => isWrong?.Invoke(m.Spec) ?? true);
    }
}
