using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;

namespace GenRnn.Generator.Pipeline;

/// <summary>The findings of parser and compiler as one list, for the generator and the analyzers alike.</summary>
public static class ModelFindings
{
    /// <summary>
    /// The parser's findings, then the compiler's. From the first thing on that the parser did not understand shapes are unknown,
    /// so what the compiler says there is left out; a flag that the parser complained of is not mentioned twice.
    /// </summary>
    public static IReadOnlyList<Finding> Merge(EquatableArray<Finding> parsed, EquatableArray<Finding> compiled, int firstHole) => parsed
        .Concat(compiled.Where(c => firstHole == int.MaxValue || (c.Place.Item >= 0 && c.Place.Item < firstHole && !c.DependsOnAll))
            .Where(c => !parsed.Any(p => p.Place.Item >= 0 && p.Place == c.Place && p.Place.Flag.Length > 0)))
        .ToList();
}
