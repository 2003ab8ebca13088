using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>Two of ClipNorm, GlobalClipNorm and ClipValue on one optimiser, which throws when it is created.</summary>
internal sealed class SeveralClippings : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.SeveralClippings);

    public override void Check(IObjectCreationOperation creation, CallContext context)
    {
        if (creation.Initializer is null || !RuntimeTypes.DerivesFrom(creation.Type, context.Types.Optimizer))
            return;

        // null switches a way off.
        (string Property, ISimpleAssignmentOperation Assignment)[] clippings = Operations.Initializers(creation)
            .Where(i => i.Property is "ClipNorm" or "GlobalClipNorm" or "ClipValue")
            .Where(i => Operations.Unwrap(i.Assignment.Value).ConstantValue is not { HasValue: true, Value: null })
            .ToArray();
        foreach ((_, ISimpleAssignmentOperation assignment) in clippings.Skip(1))
            context.Report(Descriptor, assignment.Syntax, clippings[0].Property);
    }
}
