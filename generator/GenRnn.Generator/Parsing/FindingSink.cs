using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Parsing;

/// <summary>Collects the parser's findings with their places.</summary>
internal sealed class FindingSink
{
    private readonly List<LocatedFinding> _findings = new();

    public bool IsEmpty => _findings.Count == 0;

    /// <summary>Adds a finding about the class.</summary>
    public void AddClass(string id, Location location, params string[] arguments) => Add(id, -1, -1, "", location, arguments);

    /// <summary>Adds a finding about an item (-1 if it is not part of the spec), one of its modifiers, or a flag of theirs.</summary>
    public void Add(string id, int item, int modifier, string flag, Location location, params string[] arguments) =>
        _findings.Add(new LocatedFinding(new Finding(id, item, modifier, flag, arguments.ToEquatableArray()), location));

    /// <summary>Class first, then in the order of the source.</summary>
    public IReadOnlyList<LocatedFinding> ToList(Location classLocation) => _findings
        .OrderBy(f => ReferenceEquals(f.Location, classLocation) ? 0 : 1)
        .ThenBy(f => f.Location.SourceTree?.FilePath, System.StringComparer.Ordinal)
        .ThenBy(f => f.Location.SourceSpan.Start)
        .ToList();
}
