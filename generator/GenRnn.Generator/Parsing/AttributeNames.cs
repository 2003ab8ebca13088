using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// Whether a class carries attributes of Gen, from how those are spelt. Most attributes of a project are none; binding them to find that out
/// would cost more than everything else that is done there.
/// </summary>
/// <remarks>A class whose attributes are all misspelt is not found: who knows that it was to be a model? The compiler underlines it.</remarks>
public sealed class AttributeNames
{
    private const string Suffix = "Attribute";

    private readonly HashSet<string> _ours = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> _aliases;

    /// <param name="runtime">The assembly of Gen's attributes.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public AttributeNames(IAssemblySymbol runtime, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (string type in runtime.TypeNames)
        {
            if (type.EndsWith(Suffix, StringComparison.Ordinal))
                _ours.Add(Trim(type));
        }

        _aliases = new Lazy<HashSet<string>>(() => FindAliases(compilation, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Whether an attribute of the declaration is called like one of Gen's, or by another name of the project's own.</summary>
    public bool MayBeOurs(TypeDeclarationSyntax declaration)
    {
        foreach (AttributeListSyntax list in declaration.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                string name = Rightmost(attribute.Name);
                if (_ours.Contains(Trim(name)) || _aliases.Value.Contains(name))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The name of an attribute's class without the suffix that may be left out.</summary>
    internal static string Trim(string name) =>
        name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;

    /// <summary>A name without what qualifies it.</summary>
    internal static string Rightmost(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    /// <summary><c>using Recurrent = GenRnn.SimpleRnnAttribute;</c>, in a file, in a namespace, or for all files.</summary>
    private static HashSet<string> FindAliases(Compilation compilation, CancellationToken cancellationToken)
    {
        var aliases = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot(cancellationToken) is CompilationUnitSyntax file)
                Add(file.Usings, file.Members);
        }

        return aliases;

        void Add(SyntaxList<UsingDirectiveSyntax> usings, SyntaxList<MemberDeclarationSyntax> members)
        {
            foreach (UsingDirectiveSyntax directive in usings)
            {
                if (directive.Alias is { } alias)
                    aliases.Add(alias.Name.Identifier.ValueText);
            }

            foreach (MemberDeclarationSyntax member in members)
            {
                if (member is BaseNamespaceDeclarationSyntax space)
                    Add(space.Usings, space.Members);
            }
        }
    }
}
