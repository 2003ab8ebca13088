using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>A variable that several lambdas may mean: a local, a parameter, a field of this object or of another that has a name.</summary>
internal sealed class SharedVariable
{
    private readonly ISymbol _root;

    private SharedVariable(ISymbol root, string text)
    {
        _root = root;
        Text = text;
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>Null for anything of which each thread may have its own: elements, properties, results of calls, <c>[ThreadStatic]</c>.</summary>
    public static SharedVariable? Of(IOperation operation) => RootOf(operation) is { } root ? new SharedVariable(root, operation.Syntax.ToString()) : null;

    /// <summary>Whether it, or the object that it is a field of, belongs to a lambda or loop.</summary>
    public bool IsDeclaredIn(SyntaxNode node) => _root.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == node.SyntaxTree && node.Span.Contains(r.Span));

    private static ISymbol? RootOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.GetAttributes().Any(a => a.AttributeClass?.Name == "ThreadStaticAttribute") ? null : field.Field,
        IFieldReferenceOperation { Instance: { } instance } => RootOf(instance),
        _ => null,
    };
}
