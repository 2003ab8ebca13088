using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>The method <c>Step</c> of a cell that is written in C#: its signature, then its body.</summary>
internal sealed class CellMethod(INamedTypeSymbol type, Compilation compilation, FindingSink findings, CancellationToken cancellationToken)
{

    /// <summary>Members that a generated State has beside the states.</summary>
    private static readonly string[] s_stateMembers =
    {
        "Info", "Rows", "Arena", "Slots", "ByteCount", "Reset", "CopyTo", "Write", "Read", "GetValues", "SetValues", "State",
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals",
    };

    /// <summary>Null if there is no such method, or if it was not understood: then a finding says why, unless C# does.</summary>
    /// <param name="widths">Widths of the states, as <c>[Cell]</c> says them.</param>
    /// <param name="hasParts">Whether the class is made of parts.</param>
    /// <param name="attribute">Where <c>[Cell]</c> stands.</param>
    public CellBody? Parse(IReadOnlyList<int> widths, bool hasParts, Location attribute)
    {
        List<IMethodSymbol> methods = type.GetMembers("Step").OfType<IMethodSymbol>()
            .Where(m => m.Parameters.Length > 0 && CellTypesOfRuntime.IsWeights(m.Parameters[0].Type))
            .ToList();
        if (methods.Count == 0)
        {
            return widths.Count == 0 ? null : Report(attribute, hasParts
                ? "[Cell(" + string.Join(", ", widths.Select(Text)) + ")] gives the widths of the states of a cell that is written in C#; one that is made of parts has theirs: write [Cell]"
                : "the class has no method that says its step; write 'public static " + Expected(widths.Count) + "'");
        }

        IMethodSymbol method = methods[0];
        Location location = method.Locations[0];
        if (hasParts)
            return Report(location, "the class is made of parts already; a cell is written in C# or made of parts, not both");
        if (widths.Count == 0)
            return Report(attribute, "say how wide the states are, in the order of the parameters: [Cell(16)]");
        if (methods.Count > 1)
            return Report(methods[1].Locations[0], "there are two of them; a cell has one");
        if (widths.Any(w => w <= 0))
            return Report(attribute, "a state has at least one value");
        if (!method.IsStatic || method.IsGenericMethod || method.Parameters.Length != widths.Count + 2 || !method.Parameters.Skip(1).All(p => CellTypesOfRuntime.IsVec(p.Type) && p.RefKind == RefKind.None))
            return Report(location, "with " + Text(widths.Count) + (widths.Count == 1 ? " state" : " states") + " it is 'public static " + Expected(widths.Count) + "'");
        if (!Returns(method.ReturnType, widths.Count))
            return Report(location, "it returns the new states, one a state, perhaps with the output before them: '" + Expected(widths.Count) + "'");

        List<string> names = method.Parameters.Skip(2).Select(p => p.Name).ToList();
        if (names.FirstOrDefault(n => s_stateMembers.Contains(n, StringComparer.OrdinalIgnoreCase) || names.Count(o => string.Equals(o, n, StringComparison.OrdinalIgnoreCase)) > 1) is { } taken)
            return Report(location, "states are called after their parameters, and the name '" + taken + "' is taken; rename the parameter");
        return method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is MethodDeclarationSyntax syntax ? ParseBody(method, syntax, names, widths) : null;
    }

    private CellBody? ParseBody(IMethodSymbol method, MethodDeclarationSyntax syntax, List<string> names, IReadOnlyList<int> widths)
    {
        var reader = new StatementReader(type, compilation, findings, cancellationToken);
        if (reader.Read(method, syntax) is not { } results)
            return null;

        bool hasOutput = results.Count == widths.Count + 1;
        var body = new CellBody(
            names.ToEquatableArray(), widths.ToEquatableArray(), reader.Expressions.ToEquatableArray(), results.Skip(hasOutput ? 1 : 0).ToEquatableArray(), results[0]);
        (IReadOnlyList<int> found, string problem) = CellBodyWidths.Infer(body, input: 0);
        Location location = problem.Length > 0 ? reader.Locations[found.Count] : reader.ReturnLocation ?? syntax.Identifier.GetLocation();
        if (problem.Length == 0)
            problem = CellBodyWidths.CheckStates(body, found);
        if (problem.Length == 0 && found[body.Output] == 0)
            problem = "the output has the width of the input, which differs from model to model; give it one of its own, by w.Linear";
        if (problem.Length == 0)
            return body;
        findings.Add(Rules.CellWidths, new Place(0), location, char.ToUpperInvariant(problem[0]) + problem.Substring(1));
        return null;
    }

    private static bool Returns(ITypeSymbol returned, int states) => returned is INamedTypeSymbol { IsTupleType: true } tuple
        ? (tuple.TupleElements.Length == states || tuple.TupleElements.Length == states + 1) && tuple.TupleElements.All(e => CellTypesOfRuntime.IsVec(e.Type))
        : states == 1 && CellTypesOfRuntime.IsVec(returned);

    private static string Expected(int states)
    {
        string[] names = states == 1 ? new[] { "h" } : Enumerable.Range(1, states).Select(i => "h" + Text(i)).ToArray();
        string result = states == 1 ? "Vec" : "(" + string.Join(", ", names.Select(n => "Vec " + n)) + ")";
        return result + " Step(CellWeights w, Vec x, " + string.Join(", ", names.Select(n => "Vec " + n)) + ")";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private CellBody? Report(Location location, string problem)
    {
        findings.Add(Rules.StepSignature, new Place(0), location, type.Name, problem);
        return null;
    }
}

/// <summary>The types that a cell's method is written in.</summary>
internal static class CellTypesOfRuntime
{
    public static bool IsWeights(ITypeSymbol? type) => Is(type, "CellWeights");

    public static bool IsVec(ITypeSymbol? type) => Is(type, "Vec");

    private static bool Is(ITypeSymbol? type, string name) =>
        type is { ContainingNamespace: { Name: "GenRnn", ContainingNamespace.IsGlobalNamespace: true }, ContainingType: null } && type.Name == name;
}
