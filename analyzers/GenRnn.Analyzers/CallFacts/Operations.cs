using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>Small questions about bound code.</summary>
internal static class Operations
{
    /// <summary>An expression without the conversions and parentheses around it.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>What a variable holds that is written once, where it is declared; otherwise the expression itself.</summary>
    public static IOperation Resolve(IOperation operation, CancellationToken cancellationToken)
    {
        operation = Unwrap(operation);
        return operation is ILocalReferenceOperation { IsDeclaration: false } reference
            && InitializerOf(reference, cancellationToken) is { } value
            ? Unwrap(value)
            : operation;
    }

    /// <summary>
    /// A name for a variable that has one value wherever it is read: a local or parameter that is written once, a constant field, the length of an array in
    /// one of these. Null for all others.
    /// </summary>
    public static string? NameOfFixed(IOperation variable, CancellationToken cancellationToken) => Unwrap(variable) switch
    {
        ILocalReferenceOperation { IsDeclaration: false } local => NameOfFixed(local.Local, cancellationToken),
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None or RefKind.In } parameter => NameOfFixed(parameter.Parameter, cancellationToken),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation } => field.ToDisplayString(),
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { Type: IArrayTypeSymbol } array } => NameOfFixed(array, cancellationToken) is { } name ? name + ".Length" : null,
        _ => null,
    };

    private static string? NameOfFixed(ISymbol symbol, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } declaration && !IsWrittenAgain(declaration, symbol.Name)
            ? symbol.Name + "@" + declaration.SpanStart.ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>A type as it is called where an operation stands: with what qualifies it there.</summary>
    public static string NameOf(ITypeSymbol type, IOperation where) =>
        where.SemanticModel is { } semanticModel ? type.ToMinimalDisplayString(semanticModel, where.Syntax.SpanStart) : type.ToDisplayString();

    /// <summary>The argument of a parameter of this type; null if there is none.</summary>
    public static IArgumentOperation? ArgumentOfType(IEnumerable<IArgumentOperation> arguments, INamedTypeSymbol? type) =>
        arguments.FirstOrDefault(a => a.ArgumentKind == ArgumentKind.Explicit
            && SymbolEqualityComparer.Default.Equals(a.Parameter?.Type.OriginalDefinition, type));

    /// <summary>The assignments of an object initializer, by the property's name.</summary>
    public static IEnumerable<(string Property, ISimpleAssignmentOperation Assignment)> Initializers(IObjectCreationOperation creation)
    {
        if (creation.Initializer is null)
            yield break;
        foreach (IOperation initializer in creation.Initializer.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment)
                yield return (property.Property.Name, assignment);
        }
    }

    /// <summary>The value of one property of an object initializer.</summary>
    public static IOperation? Initializer(IObjectCreationOperation creation, string property) =>
        Initializers(creation).FirstOrDefault(i => i.Property == property).Assignment?.Value;

    private static IOperation? InitializerOf(ILocalReferenceOperation reference, CancellationToken cancellationToken)
    {
        if (reference.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer: { } initializer } declarator
            || reference.SemanticModel is not { } semanticModel
            || declarator.SyntaxTree != semanticModel.SyntaxTree
            || IsWrittenAgain(declarator, declarator.Identifier.ValueText))
        {
            return null;
        }

        return semanticModel.GetOperation(initializer.Value, cancellationToken);
    }

    /// <summary>The member around a node; the whole file for top-level statements, which see each other's variables.</summary>
    public static SyntaxNode? Body(SyntaxNode node)
    {
        SyntaxNode? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is GlobalStatementSyntax ? member.Parent : member;
    }

    /// <summary>The statements behind one, in its block or at the top level of its file.</summary>
    public static IEnumerable<StatementSyntax> StatementsAfter(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.Skip(block.Statements.IndexOf(statement) + 1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax file } global =>
            file.Members.Skip(file.Members.IndexOf(global) + 1).OfType<GlobalStatementSyntax>().Select(g => g.Statement),
        _ => Enumerable.Empty<StatementSyntax>(),
    };

    /// <summary>By name, in the whole member: a variable of the same name elsewhere costs a message, never makes a false one.</summary>
    private static bool IsWrittenAgain(SyntaxNode declaration, string name)
    {
        return Body(declaration) is not { } body || body.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.DescendantNodesAndSelf().Any(n => IsName(n)) && assignment.Left is not ElementAccessExpressionSyntax,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && IsName(argument.Expression),
            PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.UnaryMinusExpression) && IsName(prefix.Operand),
            PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression) && IsName(postfix.Operand),
            RefExpressionSyntax reference => IsName(reference.Expression),
            _ => false,
        });

        bool IsName(SyntaxNode node) => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;
    }
}
