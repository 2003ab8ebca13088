using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenRnn.CodeFixes;

/// <summary>Takes away a flag that does nothing, or one of two that contradict each other, where the network without it has no mistake of shape.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFlagCodeFix))]
public sealed class RemoveFlagCodeFix : DeclarationCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Rules.ValueOutOfRange.Id, Rules.StatefulBackwards.Id, Rules.ReversedSequence.Id, Rules.ZeroOutputWithoutMask.Id, Rules.DropoutOfEverything.Id, Rules.UnfitWrapper.Id);

    private protected override IEnumerable<TextFix> FindFixes(ModelAtCursor model, Diagnostic diagnostic)
    {
        if (model.Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { NameEquals: { } name, Parent.Parent: AttributeSyntax attribute })
            yield break;

        int item = Enumerable.Range(0, model.Parsed.Spec.Items.Count).FirstOrDefault(i => model.Parsed.FindAttribute(i) == attribute);
        foreach (string flag in Candidates(diagnostic.Id, name.Name.Identifier.ValueText))
        {
            if (model.Parsed.FindArgument(item, -1, flag) is { } argument && attribute.ArgumentList is { } list && IsFitWithout(model.Parsed.Spec, item, flag))
                yield return new TextFix("Remove " + flag, ListEdits.Remove(list.Arguments, argument)) { Choice = flag };
        }
    }

    /// <summary>The flags that contradict each other, the one that is said to be wrong first.</summary>
    private static IEnumerable<string> Candidates(string id, string written) => id switch
    {
        "GEN0205" => written == "DilationRate" ? new[] { "DilationRate", "Strides" } : new string[0],
        "GEN0209" => new[] { TimeFlags.GoBackwards.Name, TimeFlags.Stateful.Name },
        "GEN0210" => new[] { TimeFlags.GoBackwards.Name, TimeFlags.ReturnSequences.Name },
        _ => new[] { written },
    };

    private static bool IsFitWithout(ModelSpec spec, int item, string flag)
    {
        ItemSpec without = spec.Items[item] with { Flags = spec.Items[item].Flags.Where(f => f.Name != flag).ToEquatableArray() };
        return !ShapeInference.Infer(spec with { Items = spec.Items.Select((i, n) => n == item ? without : i).ToEquatableArray() }).HasErrors;
    }
}
