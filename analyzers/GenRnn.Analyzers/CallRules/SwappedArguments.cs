using System.Collections.Generic;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>
/// Two arguments that carry each other's name: <c>c</c> where h is wanted and <c>h</c> where c is, or any two whose names are each other's parameters.
/// The spans have equal lengths, so nothing else would ever notice.
/// </summary>
internal sealed class SwappedArguments : CallRule
{
    /// <summary>Why it matters.</summary>
    public const string Order = "Gen's order is Keras', h before c (TensorFlow 1's LSTMStateTuple is (c, h))";

    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.SwappedArguments);

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        if (invocation.TargetMethod.Name is not ("Predict" or "Forward" or "Backward" or "Step")
            || invocation.Arguments.Length < 3
            || context.ModelOf(invocation.Instance) is not { } model)
        {
            return;
        }

        List<Named> names = new();
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter, Syntax: ArgumentSyntax syntax } && NameOf(syntax.Expression) is { } name)
                names.Add(new Named(syntax.Expression, name, StateNames.Of(name), parameter.Name, PartOf(model, parameter.Name), parameter.Type));
        }

        Report(names, areStatesOnly: false, context);
    }

    /// <summary>A tuple that says what its parts are, taken apart into variables that say otherwise.</summary>
    public override void Check(IDeconstructionAssignmentOperation deconstruction, CallContext context)
    {
        if (Operations.Unwrap(deconstruction.Value) is not { Type: INamedTypeSymbol { IsTupleType: true } tuple } value
            || Targets(deconstruction.Target) is not { } targets
            || targets.Count != tuple.TupleElements.Length)
        {
            return;
        }

        // (h, c) = (c, h) exchanges two variables, and means to.
        if (value is ITupleOperation literal && literal.Elements.All(e => Operations.Unwrap(e) is ILocalReferenceOperation or IParameterReferenceOperation))
            return;

        List<Named> names = new();
        for (int i = 0; i < targets.Count; i++)
        {
            string part = value is ITupleOperation parts && parts.Elements[i].Syntax is ExpressionSyntax expression
                ? NameOf(expression) ?? ""
                : tuple.TupleElements[i].Name;
            if (NameOf(targets[i]) is { } name && IsBuffer(tuple.TupleElements[i].Type))
                names.Add(new Named(targets[i], name, StateNames.Of(name), part, StateNames.Of(part), tuple.TupleElements[i].Type));
        }

        Report(names, areStatesOnly: true, context);
    }

    private void Report(List<Named> names, bool areStatesOnly, CallContext context)
    {
        for (int i = 0; i < names.Count; i++)
        {
            for (int j = i + 1; j < names.Count; j++)
            {
                Named a = names[i];
                Named b = names[j];
                if (!SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
                    continue;

                bool areStates = a.Means != StatePart.Unknown && b.Means != StatePart.Unknown && a.Means == b.WantedPart && b.Means == a.WantedPart && a.Means != b.Means;
                bool areNames = !areStatesOnly && a.Normalized == b.NormalizedWanted && b.Normalized == a.NormalizedWanted && a.Normalized != b.Normalized;
                if (!areStates && !areNames)
                    continue;

                context.ReportPair(Descriptor, a.Syntax, b.Syntax, a.Name, a.Wanted, b.Name, b.Wanted, areStates ? Order : "exchange the two");
                names.RemoveAt(j);
                break;
            }
        }
    }

    /// <summary>What a parameter is: a state that a layer starts from, whatever it is called, else what its name says.</summary>
    private static StatePart PartOf(ModelType model, string parameter)
    {
        foreach (ItemSpec item in model.Spec?.Items ?? default)
        {
            foreach (ModifierSpec modifier in item.Modifiers.Where(m => m.Kind == InitialStateItem.Kind))
            {
                EquatableArray<string> sources = modifier[InitialStateItem.Sources];
                for (int i = 0; i < sources.Count; i++)
                {
                    if (StateNames.Normalize(sources[i]) == StateNames.Normalize(parameter) && StateNames.OfSource(item, i) is var part and not StatePart.Unknown)
                        return part;
                }
            }
        }

        return StateNames.Of(parameter);
    }

    private static bool IsBuffer(ITypeSymbol type) =>
        type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Single or SpecialType.System_Double }
        || type is { Name: "Memory" or "ReadOnlyMemory", ContainingNamespace.Name: "System" };

    private static IReadOnlyList<SyntaxNode>? Targets(IOperation target) => target.Syntax switch
    {
        TupleExpressionSyntax tuple => tuple.Arguments.Select(a => (SyntaxNode)a.Expression).ToList(),
        DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax variables } => variables.Variables,
        _ => null,
    };

    /// <summary>The word that stands for a value: of <c>c</c>, <c>this.c</c>, <c>c.AsSpan()</c>, <c>c[..8]</c> and <c>float[] c</c> it is c.</summary>
    public static string? NameOf(SyntaxNode expression) => expression switch
    {
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" or "Slice" } access } => NameOf(access.Expression),
        ElementAccessExpressionSyntax access => NameOf(access.Expression),
        ParenthesizedExpressionSyntax parenthesized => NameOf(parenthesized.Expression),
        CastExpressionSyntax cast => NameOf(cast.Expression),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => variable.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A name, and the one that belongs in its place.</summary>
    private sealed class Named
    {
        public Named(SyntaxNode syntax, string name, StatePart means, string wanted, StatePart wantedPart, ITypeSymbol type)
        {
            Syntax = syntax;
            Name = name;
            Means = means;
            Wanted = wanted;
            WantedPart = wantedPart;
            Type = type;
        }

        public SyntaxNode Syntax { get; }

        public string Name { get; }

        public StatePart Means { get; }

        public string Wanted { get; }

        public StatePart WantedPart { get; }

        public ITypeSymbol Type { get; }

        public string Normalized => StateNames.Normalize(Name);

        public string NormalizedWanted => StateNames.Normalize(Wanted);
    }
}
