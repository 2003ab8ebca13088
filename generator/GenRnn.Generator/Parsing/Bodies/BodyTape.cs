using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;

namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>What was read of a cell's body: its expressions in the order of evaluation, and where each stands.</summary>
internal sealed class BodyTape(FindingSink findings)
{
    private const int MaximumText = 60;

    private readonly List<CellExpression> _expressions = new();
    private readonly List<Location> _locations = new();

    public IReadOnlyList<CellExpression> Expressions => _expressions;

    public IReadOnlyList<Location> Locations => _locations;

    public int Add(CellOperation operation, IOperation source, params int[] operands) =>
        Add(new CellExpression(operation, new EquatableArray<int>(operands), Text(source.Syntax)), source.Syntax);

    /// <summary>Adds an expression; its index is what others name it by.</summary>
    public int Add(CellExpression expression, SyntaxNode syntax)
    {
        _expressions.Add(expression);
        _locations.Add(syntax.GetLocation());
        return _expressions.Count - 1;
    }

    /// <summary>Source on one line, cut where it is long.</summary>
    public static string Text(SyntaxNode syntax)
    {
        string text = Regex.Replace(syntax.ToString(), @"\s+", " ");
        return text.Length <= MaximumText ? text : text.Substring(0, MaximumText - 3) + "...";
    }

    /// <summary>Says what cannot be compiled and what to write; the exception to throw then.</summary>
    public NotUnderstoodException Refuse(SyntaxNode syntax, string remedy) => Report(Rules.UnsupportedInCell, syntax, "'" + Text(syntax) + "' cannot be compiled: " + remedy);

    public NotUnderstoodException Report(Rule rule, SyntaxNode syntax, string message, string suggestion = "")
    {
        findings.Suggest(suggestion, rule, new Place(0), syntax.GetLocation(), message);
        return new NotUnderstoodException();
    }
}

/// <summary>Ends the reading; what to say was said.</summary>
internal sealed class NotUnderstoodException : Exception
{
}
