using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Parsing;

/// <summary>Collects the parser's findings with their places.</summary>
internal sealed class FindingSink
{
    private readonly List<LocatedFinding> _findings = new();

    public bool IsEmpty => _findings.Count == 0;

    /// <summary>Adds a finding about the class.</summary>
    public void AddClass(Rule rule, Location location, params string[] arguments) => Add(rule, Place.Class, location, arguments);

    /// <summary>Adds a finding about an item (-1 if it is not part of the spec), one of its modifiers, or a flag of theirs.</summary>
    public void Add(Rule rule, Place place, Location location, params string[] arguments) => Suggest("", rule, place, location, arguments);

    /// <summary>Adds a finding that knows what to write instead.</summary>
    public void Suggest(string suggestion, Rule rule, Place place, Location location, params string[] arguments) =>
        _findings.Add(new LocatedFinding(new Finding(rule, place, arguments.ToEquatableArray()) { Suggestion = suggestion }, location));

    /// <summary>Class first, then in the order of the source.</summary>
    public IReadOnlyList<LocatedFinding> ToList(Location classLocation) => _findings
        .OrderBy(f => ReferenceEquals(f.Location, classLocation) ? 0 : 1)
        .ThenBy(f => f.Location.SourceTree?.FilePath, System.StringComparer.Ordinal)
        .ThenBy(f => f.Location.SourceSpan.Start)
        .ToList();
}
