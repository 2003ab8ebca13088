using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// Reads a model from the attributes of a class: values as the compiler bound them, names, order and places from the syntax.
/// </summary>
/// <remarks>
/// Analyzers see a compilation after generation, the generator one before it. The parser looks at no generated part, so both
/// get the same spec.
/// </remarks>
public static class ModelParser
{
    /// <summary>Parses the model that <paramref name="type"/> declares.</summary>
    /// <returns>Null if the class carries no attribute of Gen.</returns>
    public static ParsedModel? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        IReadOnlyList<TypeDeclarationSyntax> declarations = ClassDeclarations.Of(type, cancellationToken);
        List<GenAttribute> attributes = CollectAttributes(type, declarations, cancellationToken);
        List<GenAttribute> ours = attributes.Where(a => a.Definition is not null).ToList();
        // Without one that is Gen's for certain, it is a class of somebody else's.
        if (ours.All(a => a.HiddenBy.Length > 0))
            return null;

        TypeDeclarationSyntax primary = Declaration(ours[0]);
        Location classLocation = primary.Identifier.GetLocation();
        var findings = new FindingSink();

        // Gen writes a second part of a cell only where it is stepped by hand.
        GenAttribute first = ours.FirstOrDefault(a => a.Definition!.Role != ItemRole.Modifier) ?? ours[0];
        bool canExtend = HasCode(first) && ClassRules.Check(type, declarations, compilation, classLocation, findings, cancellationToken);
        if (ours.FirstOrDefault(a => Declaration(a) != primary) is { } elsewhere)
            findings.AddClass(Rules.SpreadAttributes, elsewhere.Syntax.GetLocation(), type.Name);

        var items = new ItemListBuilder(type, compilation, findings, cancellationToken);
        foreach (GenAttribute attribute in attributes)
            items.Add(attribute);
        items.Complete();
        var spec = new ModelSpec(ClassDeclarations.Describe(type), items.Items.ToEquatableArray()) { Budget = items.Budget };
        if (spec.IsCell)
            spec = spec with { Body = ParseBody(spec, type, compilation, findings, first.Syntax.GetLocation(), cancellationToken) };

        // A cell whose method was not understood has been spoken of.
        bool isUnread = spec.IsCell && spec.Items.Count == 1 && spec.Body is null && !findings.IsEmpty;
        return new ParsedModel(
            spec,
            findings.ToList(classLocation),
            items.Syntax,
            items.BudgetSyntax,
            ours.Select(a => a.Syntax).ToList(),
            classLocation,
            primary,
            canExtend && !items.HasAmbiguousInputs && !Identifiers.IsIncomplete(type),
            isUnread ? 0 : items.FirstHole);
    }

    private static CellBody? ParseBody(
        ModelSpec spec, INamedTypeSymbol type, Compilation compilation, FindingSink findings, Location attribute, CancellationToken cancellationToken)
    {
        List<int> widths = spec.Items[0][CellItem.StateWidths]
            .Select(w => int.Parse(w, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return new CellMethod(type, compilation, findings, cancellationToken).Parse(widths, spec.Items.Count > 1, attribute);
    }

    private static bool HasCode(GenAttribute first) => first.Definition!.Role != ItemRole.Cell
        || (first.Syntax.ArgumentList?.Arguments.Any(a => a.NameEquals?.Name.Identifier.ValueText == "Features") ?? false);

    private static TypeDeclarationSyntax Declaration(GenAttribute attribute) =>
        attribute.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;

    private static List<GenAttribute> CollectAttributes(
        INamedTypeSymbol type, IReadOnlyList<TypeDeclarationSyntax> declarations, CancellationToken cancellationToken)
    {
        var bound = new Dictionary<SyntaxNode, AttributeData>();
        foreach (AttributeData data in type.GetAttributes())
        {
            if (data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is { } syntax)
                bound[syntax] = data;
        }

        var attributes = new List<GenAttribute>();
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            foreach (AttributeListSyntax list in declaration.AttributeLists)
            {
                // [method: X] on a record's declaration belongs to its constructor.
                if (list.Target is { } target && target.Identifier.ValueText != "type")
                    continue;

                foreach (AttributeSyntax attribute in list.Attributes)
                {
                    bound.TryGetValue(attribute, out AttributeData? data);
                    if (GenAttribute.Recognise(attribute, data) is { } recognised)
                        attributes.Add(recognised);
                }
            }
        }

        return attributes;
    }
}
