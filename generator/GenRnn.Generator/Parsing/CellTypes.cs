using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>The classes that <c>[Rnn]</c> names, by their metadata names. What is wrong inside them is said where they are declared.</summary>
internal sealed class CellTypes(SemanticModel semanticModel, FindingSink findings, int item, CancellationToken cancellationToken)
{
    /// <summary>Null if one of them is no cell of this project, with a finding unless C# says it as well.</summary>
    public FlagValue? Read(IEnumerable<TypeOfExpressionSyntax> types)
    {
        List<string?> names = types.Select(Read).ToList();
        return names.Any(n => n is null) ? null : new FlagValue(0, null, names.Select(n => n!).ToEquatableArray());
    }

    /// <summary>The expressions of an argument: itself, or what it makes an array of.</summary>
    public static IEnumerable<ExpressionSyntax> Elements(AttributeArgumentSyntax argument) => argument.Expression switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
        { } expression => new[] { expression },
    };

    private string? Read(TypeOfExpressionSyntax expression)
    {
        if (semanticModel.GetTypeInfo(expression.Type, cancellationToken).Type is not INamedTypeSymbol { TypeKind: not TypeKind.Error } type)
            return null;
        if (type.IsGenericType)
            return Report(expression, "is generic; a cell is a plain class");
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, semanticModel.Compilation.Assembly))
            return Report(expression, "is declared in another assembly, where its parts cannot be read; declare the cell in this project");
        return CellDeclarations.IsCell(type)
            ? Identifiers.MetadataName(type)
            : Report(expression, "carries no [Cell]; write [Cell] and its parts on the class");
    }

    private string? Report(TypeOfExpressionSyntax expression, string problem)
    {
        findings.Add(Rules.NotACell, new Place(item, Flag: CellJoin.Cells.Name), expression.GetLocation(), ValueReader.Quote(expression.Type), problem);
        return null;
    }
}
