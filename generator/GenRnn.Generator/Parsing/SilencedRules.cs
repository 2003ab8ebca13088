using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Language;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// Rules that the source or its configuration switches off where a model stands. Roslyn does that to what analyzers say; the generator hands on places without a tree, so
/// for what it says in their stead it must know.
/// </summary>
internal static class SilencedRules
{
    /// <summary>Their IDs.</summary>
    public static EquatableArray<string> At(SyntaxNode declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        SyntaxTree tree = declaration.SyntaxTree;
        List<PragmaWarningDirectiveTriviaSyntax> pragmas = PragmasBefore(declaration);
        SyntaxTreeOptionsProvider? options = compilation.Options.SyntaxTreeOptionsProvider;
        if (pragmas.Count == 0 && options is null)
            return EquatableArray<string>.Empty;
        return DiagnosticTable.All
            .Where(rule => IsDisabled(pragmas, rule.Id)
                || (options is not null && options.TryGetDiagnosticValue(tree, rule.Id, cancellationToken, out ReportDiagnostic severity) && severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden))
            .Select(rule => rule.Id)
            .ToEquatableArray();
    }

    private static List<PragmaWarningDirectiveTriviaSyntax> PragmasBefore(SyntaxNode declaration)
    {
        var pragmas = new List<PragmaWarningDirectiveTriviaSyntax>();
        if (!declaration.SyntaxTree.GetRoot().ContainsDirectives)
            return pragmas;
        int end = declaration.Span.End;
        for (DirectiveTriviaSyntax? directive = ((CSharpSyntaxNode)declaration.SyntaxTree.GetRoot()).GetFirstDirective(); directive is not null && directive.SpanStart < end; directive = directive.GetNextDirective())
        {
            if (directive is PragmaWarningDirectiveTriviaSyntax { IsActive: true } pragma)
                pragmas.Add(pragma);
        }

        return pragmas;
    }

    /// <summary>What the last directive says that names the rule, or all.</summary>
    private static bool IsDisabled(List<PragmaWarningDirectiveTriviaSyntax> pragmas, string id) => pragmas
        .LastOrDefault(p => p.ErrorCodes.Count == 0 || p.ErrorCodes.Any(code => code.ToString() == id))
        ?.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword) ?? false;
}
