using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A call of Step on a model that needs its whole sequence. There is no such method; the compiler does not know why.</summary>
internal sealed class StepWithoutStreaming : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.StepWithoutStreaming);

    public override void Check(IInvalidOperation invalid, CallContext context)
    {
        if (invalid.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Step" } access }
            || invalid.SemanticModel?.GetTypeInfo(access.Expression, context.CancellationToken).Type is not { } type
            || context.Models.Find(type, context.CancellationToken) is not { } model)
        {
            return;
        }

        // A Step of the developer's own that does not bind is the compiler's business.
        if (model.StreamingObstacle.Length > 0 && model.Symbol.GetMembers("Step").IsEmpty)
            context.ReportAt(Descriptor, access.Name, model.PlaceOfLookAhead, model.Name, model.StreamingObstacle);
    }
}
