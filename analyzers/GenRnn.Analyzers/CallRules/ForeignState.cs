using System.Collections.Generic;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A State or Workspace of one model class passed to another's methods.</summary>
internal sealed class ForeignState : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.ForeignState);

    /// <summary>Through the interface the call compiles, and throws.</summary>
    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is not ("Predict" or "Forward" or "Backward" or "Step") || context.ModelOf(invocation.Instance) is not { } model)
            return;
        foreach (IArgumentOperation argument in invocation.Arguments)
            Check(model, Operations.Unwrap(argument.Value), context);
    }

    /// <summary>On the class itself it does not compile; the compiler names two types, but not what to do.</summary>
    public override void Check(IInvalidOperation invalid, CallContext context)
    {
        if (invalid.Syntax is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Predict" or "Forward" or "Backward" or "Step" } access,
            } invocation
            || invalid.SemanticModel is not { } semanticModel
            || context.Models.Find(semanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type, context.CancellationToken) is not { } model)
        {
            return;
        }

        IEnumerable<IOperation?> arguments = invocation.ArgumentList.Arguments
            .Select(a => semanticModel.GetOperation(a.Expression, context.CancellationToken));
        foreach (IOperation? argument in arguments)
        {
            if (argument is not null)
                Check(model, Operations.Unwrap(argument), context);
        }
    }

    private void Check(ModelType model, IOperation argument, CallContext context)
    {
        if (!context.Types.IsMemory(argument.Type)
            || argument.Type!.ContainingType?.OriginalDefinition is not { } owner
            || SymbolEqualityComparer.Default.Equals(owner, model.Symbol)
            || context.Models.Find(owner, context.CancellationToken) is null)
        {
            return;
        }

        string kind = RuntimeTypes.DerivesFrom(argument.Type, context.Types.State) ? "State" : "Workspace";
        context.Report(Descriptor, argument.Syntax, kind, owner.Name, model.Name);
    }
}
