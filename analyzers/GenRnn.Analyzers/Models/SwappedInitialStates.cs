using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Analyzers.Models;

/// <summary>[InitialState("C0", "H0")] in front of an LSTM, whose states are h, then c. Both have the same width, so the shapes say nothing.</summary>
internal sealed class SwappedInitialStates : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.SwappedInitialStates) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            for (int m = 0; m < item.Modifiers.Count; m++)
            {
                if (item.Modifiers[m].Kind != InitialStateItem.Kind || item.Modifiers[m].Find(InitialStateItem.Sources)?.List is not { } sources
                    || model.Parsed.FindAttribute(index, m)?.ArgumentList?.Arguments is not { } arguments || arguments.Count != sources.Count)
                {
                    continue;
                }

                for (int i = 0; i + 1 < sources.Count; i += 2)
                {
                    if (IsOther(item, i, sources[i]) && IsOther(item, i + 1, sources[i + 1]))
                        yield return Report(item, arguments[i], arguments[i + 1], sources[i], sources[i + 1]);
                }
            }
        }
    }

    private static bool IsOther(ItemSpec item, int state, string source) => (StateNames.OfSource(item, state), StateNames.Of(source)) is
        (StatePart.Hidden, StatePart.Cell) or (StatePart.Cell, StatePart.Hidden);

    private static Diagnostic Report(ItemSpec item, AttributeArgumentSyntax first, AttributeArgumentSyntax second, string h, string c) => Diagnostic.Create(
        DiagnosticTable.Of(Rules.SwappedInitialStates),
        Pairs.Locate(first, second),
        Pairs.Locations(first, second),
        item.Describe(), h, c);
}
