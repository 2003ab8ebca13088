using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>What a class must be for Gen to write its second part.</summary>
internal static class ClassRules
{
    /// <summary>Checks all rules, and says whether a second part would compile.</summary>
    public static bool Check(
        INamedTypeSymbol type,
        IReadOnlyList<TypeDeclarationSyntax> declarations,
        Compilation compilation,
        Location classLocation,
        FindingSink findings,
        CancellationToken cancellationToken)
    {
        bool canExtend = true;
        if (declarations.Any(d => !d.Modifiers.Any(SyntaxKind.PartialKeyword)) && type.TypeKind == TypeKind.Class)
        {
            findings.AddClass(Rules.NotPartial, classLocation, type.Name);
            canExtend = false;
        }

        if (FindObstacle(type, declarations, compilation, cancellationToken) is var (reason, remedy))
        {
            findings.AddClass(Rules.NotExtensible, classLocation, type.Name, reason, remedy);
            canExtend = false;
        }

        if (DescribeBase(type) is { } unfit)
        {
            findings.AddClass(Rules.UnfitBase, declarations.Select(d => d.BaseList?.Types[0].GetLocation()).FirstOrDefault(l => l is not null) ?? classLocation, unfit);
            canExtend = false;
        }

        foreach ((string message, Location location) in GeneratedMembers.FindClashes(type, classLocation, cancellationToken))
        {
            findings.AddClass(Rules.MemberClash, location, message);
            canExtend = false;
        }

        return canExtend;
    }

    // File-local types and static abstract members of interfaces: what Gen writes needs both.
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp11;

    private static (string Reason, string Remedy)? FindObstacle(
        INamedTypeSymbol type, IReadOnlyList<TypeDeclarationSyntax> declarations, Compilation compilation, CancellationToken cancellationToken)
    {
        if (declarations[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < OldestLanguage } options)
            return ("its project is written in C# " + options.LanguageVersion.ToDisplayString(), "Gen writes C# " + OldestLanguage.ToDisplayString() + ": set LangVersion to that or newer, or remove it");
        if (type.TypeKind != TypeKind.Class)
            return ("it is not a class", "a model owns its weights, so it must be a class");
        if (type.IsStatic)
            return ("it is static", "a model owns its weights: remove 'static'");
        if (type.IsAbstract)
            return ("it is abstract", "Load creates an instance: remove 'abstract'");
        if (type.IsFileLocal)
            return ("it is local to its file", "the second part stands in another file: remove 'file'");
        if (declarations.Any(d => d.ParameterList is not null))
            return ("it has a primary constructor", "Gen writes the constructor, which takes a seed: remove the parameter list");

        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            if (container.IsFileLocal)
                return ("'" + container.Name + "' around it is local to its file", "the second part stands in another file: remove 'file'");

            bool isPartial = ClassDeclarations.Of(container, cancellationToken).All(d => d.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (!isPartial)
                return ("'" + container.Name + "' around it is not partial", "make it partial too");
        }

        if (type.BaseType is { TypeKind: not TypeKind.Error } baseType && !HasDefaultConstructor(baseType, type, compilation))
            return ("its base class '" + baseType.Name + "' has no accessible constructor without parameters", "Gen writes a constructor, which calls it");
        if (FindRequiredMember(type) is { } required)
            return ("its member '" + required + "' is required", "Load creates an instance without an initializer: remove 'required'");
        return null;
    }

    /// <summary>What of a base class does not go together with the members that Gen writes; null if all does.</summary>
    private static string? DescribeBase(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (level.GetAttributes().Any(HasGeneratedMembers))
                return "'" + type.Name + "' derives from '" + level.Name + "', which is a model itself: two sets of weights and members in one object; hold the other model in a field, or write all layers in front of one class";
        }

        return GeneratedMembers.FindHidden(type) is { } hidden
            ? "'" + hidden.Name + "' of the base class '" + hidden.ContainingType.Name + "' is the name of a member that Gen writes, which would hide it; rename it, or hold that class in a field"
            : null;
    }

    private static bool HasGeneratedMembers(AttributeData attribute) => attribute.AttributeClass is { } attributeClass
        && (GenAttribute.IsMarker(attributeClass) || (GenAttribute.IsCellMarker(attributeClass) && attribute.NamedArguments.Any(a => a.Key == "Features")));

    private static bool HasDefaultConstructor(INamedTypeSymbol baseType, INamedTypeSymbol type, Compilation compilation) =>
        baseType.InstanceConstructors.Any(c => c.Parameters.All(p => p.IsOptional || p.IsParams) && compilation.IsSymbolAccessibleWithin(c, type));

    private static string? FindRequiredMember(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                    return member.Name;
            }
        }

        return null;
    }
}
