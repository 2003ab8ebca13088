using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>The names that Gen gives to members of a model class, and what of the developer's clashes with them.</summary>
internal static class GeneratedMembers
{
    /// <summary>Names of constants, properties, fields and nested types: nothing else in the class may have them.</summary>
    private static readonly HashSet<string> s_names = new()
    {
        "Batch", "TimeSteps", "Features", "InputLength", "OutputLength", "StepInputLength", "StepOutputLength", "ParameterCount",
        "WorkspaceBytes", "MultiplyAddsPerRow", "Info", "Parameters", "Weights", "WeightViews", "Workspace", "State",
        "_core",
    };

    /// <summary>Names of methods: an overload with other parameters is the developer's right.
    /// Numbers of parameters are those of a model with one input and one output.</summary>
    private static readonly Dictionary<string, int[]> s_methods = new()
    {
        ["Load"] = new[] { 1 },
        ["LoadFrom"] = new[] { 1 },
        ["Save"] = new[] { 1 },
        ["Summary"] = new[] { 0 },
        ["Predict"] = new[] { 2, 3 },
        ["Step"] = new[] { 2, 3 },
        ["ZeroState"] = new[] { 0 },
        ["Forward"] = new[] { 3, 4, 5 },
        ["Backward"] = new[] { 3 },
        ["CreateWorkspace"] = new[] { 0 },
        ["CreateState"] = new[] { 1 },
        ["UpdateParameters"] = new[] { 2 },
        ["UpdateStatistics"] = new[] { 2 },
        ["GetWeights"] = new[] { 0 },
        ["SetWeights"] = new[] { 1 },

        // Private ones.
        ["Run"] = new[] { 3 },
        ["CheckRows"] = new[] { 2 },
        ["CheckPacked"] = new[] { 2 },
        ["CheckGradients"] = new[] { 2 },
        ["CheckInputGradients"] = new[] { 2 },
        ["CheckForward"] = new[] { 3 },
        ["CheckWorkspace"] = new[] { 1 },
        ["CheckState"] = new[] { 2 },
        ["CheckResults"] = new[] { 3 },
        ["ForwardFrom"] = new[] { 5 },
        ["BeginForward"] = new[] { 4 },
        ["BeginBackward"] = new[] { 3 },
        ["BackwardInto"] = new[] { 3 },
        ["Broken"] = new[] { 0 },
    };

    /// <summary>Type of the first parameter of those methods, where it is not a ReadOnlySpan; empty where there is none.</summary>
    private static readonly Dictionary<string, string> s_firstParameters = new()
    {
        ["Load"] = "String",
        ["Save"] = "String",
        ["Summary"] = "",
        ["ZeroState"] = "",
        ["CreateWorkspace"] = "",
        ["CreateState"] = "Int32",
        ["UpdateParameters"] = "TArg",
        ["UpdateStatistics"] = "ModelWorkspace",
        ["GetWeights"] = "",
        ["CheckInputGradients"] = "Span",
        ["Broken"] = "",
    };

    /// <summary>Whether the name is one that Gen uses.</summary>
    public static bool Contains(string name) => s_names.Contains(name) || s_methods.ContainsKey(name);

    /// <summary>Whether the name is one of methods alone.</summary>
    public static bool IsMethod(string name) => s_methods.ContainsKey(name);

    public static IEnumerable<(string Message, Location Location)> FindClashes(
        INamedTypeSymbol type, Location classLocation, CancellationToken cancellationToken)
    {
        // C# wants a member's name to differ from its class's.
        if (Contains(type.Name))
            yield return ("A model cannot be called '" + type.Name + "', because Gen writes a member of that name", classLocation);

        foreach (ITypeParameterSymbol parameter in type.TypeParameters)
        {
            if (Contains(parameter.Name))
                yield return ("The type parameter '" + parameter.Name + "' has the name of a member that Gen writes", classLocation);
        }

        foreach (ISymbol member in type.GetMembers())
        {
            SyntaxReference? reference = member.IsImplicitlyDeclared
                ? null
                : member.DeclaringSyntaxReferences.FirstOrDefault(r => !ClassDeclarations.IsGenerated(r.SyntaxTree));
            if (reference is not null && Describe(member, reference, cancellationToken) is { } message)
                yield return (message, member.Locations.FirstOrDefault(l => l.SourceTree == reference.SyntaxTree) ?? classLocation);
        }
    }

    /// <summary>A member of a base class that Gen's would hide; null if there is none.</summary>
    public static ISymbol? FindHidden(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type.BaseType; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            if (level.GetMembers().FirstOrDefault(IsHidden) is { } hidden)
                return hidden;
        }

        return null;
    }

    private static bool IsHidden(ISymbol member)
    {
        // What another generated part of the base holds, the generator does not see: analyzers may not either.
        if (member.IsImplicitlyDeclared || member.DeclaredAccessibility == Accessibility.Private
            || (member.DeclaringSyntaxReferences.Length > 0 && member.DeclaringSyntaxReferences.All(r => ClassDeclarations.IsGenerated(r.SyntaxTree))))
        {
            return false;
        }

        return member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method ? HidesSameMethod(method) : Contains(member.Name);
    }

    private static bool HidesSameMethod(IMethodSymbol method)
    {
        if (s_names.Contains(method.Name))
            return true;
        if (!s_methods.TryGetValue(method.Name, out int[]? counts) || !counts.Contains(method.Parameters.Length))
            return false;
        string first = method.Parameters.Length == 0 ? "" : method.Parameters[0].Type is ITypeParameterSymbol ? "TArg" : method.Parameters[0].Type.MetadataName.Split('`')[0];
        return first == (s_firstParameters.TryGetValue(method.Name, out string? expected) ? expected : "ReadOnlySpan");
    }

    private static string? Describe(ISymbol member, SyntaxReference reference, CancellationToken cancellationToken)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            return DescribeConstructor(constructor, reference, cancellationToken);

        // The step of a cell that is written in C#: an overload of the Step that Gen writes.
        if (member is IMethodSymbol { Name: "Step", IsStatic: true, Parameters.Length: > 0 } step && CellTypesOfRuntime.IsWeights(step.Parameters[0].Type))
            return null;
        bool isMethod = member is IMethodSymbol { MethodKind: MethodKind.Ordinary };
        if (s_names.Contains(member.Name) || (s_methods.ContainsKey(member.Name) && !isMethod))
            return "'" + member.Name + "' is the name of a member that Gen writes; rename yours";
        if (isMethod && s_methods.TryGetValue(member.Name, out int[]? counts) && counts.Contains(((IMethodSymbol)member).Parameters.Length))
            return "Gen writes '" + member.Name + "' with as many parameters; rename yours";
        return null;
    }

    /// <summary>A constructor that does not end up in Gen's would leave a model without weights.</summary>
    private static string? DescribeConstructor(IMethodSymbol constructor, SyntaxReference reference, CancellationToken cancellationToken)
    {
        // A primary constructor has a rule of its own.
        if (reference.GetSyntax(cancellationToken) is not ConstructorDeclarationSyntax syntax)
            return null;
        if (constructor.Parameters.Length == 1 && constructor.Parameters[0].Type.SpecialType == SpecialType.System_Int32)
            return "Gen writes the constructor that takes a seed; remove yours";
        return syntax.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
            ? null
            : "A constructor of a model must call the one that Gen writes: add ': this(seed)'";
    }
}
