using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// The value of an argument: from the literal or <see cref="AttributeData"/> in the plain cases, else from the expression by
/// itself, because one bad argument takes its neighbours along.
/// </summary>
internal sealed class ValueReader(
    GenAttribute attribute, Compilation compilation, FindingSink findings, int item, int modifier, CancellationToken cancellationToken)
{
    private const int MaximumQuote = 40;

    private readonly string _kind = attribute.Definition!.Kind;
    private SemanticModel? _semanticModel;

    private SemanticModel SemanticModel => _semanticModel ??= compilation.GetSemanticModel(attribute.Syntax.SyntaxTree);

    /// <summary>Reads one argument. No value without a hole means absent: a null name, or a number that was reported.</summary>
    /// <remarks>Where C# has an explicit conversion, as from one enum to another or from 2.5 to int, <see cref="AttributeData"/> holds
    /// the converted value beside the compiler's error; so it is asked only where the syntax shows that the type is right.</remarks>
    public (FlagValue? Value, bool IsHole) Read(FlagDefinition flag, AttributeArgumentSyntax argument)
    {
        ExpressionSyntax expression = Strip(argument.Expression);
        if (ReportGenerated(flag, argument))
            return (null, true);
        if (expression is LiteralExpressionSyntax literal && Convert(flag, literal.Token.Value) is { } value)
            return CheckFinite(flag, argument, value);
        if (IsEnumMember(flag, expression) && FindBound(flag) is { } bound && ReadEnum(flag, bound.Type, bound.Value) is { } member)
            return (member, false);
        return ReadUnbound(flag, argument, expression);
    }

    /// <summary>Reads a list, from one array or from several arguments; null if it was not understood.</summary>
    public FlagValue? ReadList(FlagDefinition flag, IReadOnlyList<AttributeArgumentSyntax> arguments) => arguments.Any(a => ReportGenerated(flag, a))
        ? null
        : flag.Type switch
        {
            FlagType.TypeList => ReadTypes(flag, arguments),
            FlagType.IntegerList => ReadIntegers(flag, arguments),
            _ => ReadTexts(flag, arguments),
        };

    private FlagValue? ReadIntegers(FlagDefinition flag, IReadOnlyList<AttributeArgumentSyntax> arguments)
    {
        List<object?> values = arguments.SelectMany(CellTypes.Elements).Select(e => SemanticModel.GetConstantValue(e, cancellationToken).Value).ToList();
        if (values.Count > 0 && values.All(v => v is sbyte or byte or short or ushort or int))
            return new FlagValue(0, null, values.Select(v => System.Convert.ToInt32(v, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)).ToEquatableArray());
        ReportWrongType(flag, arguments[0], "", "");
        return null;
    }

    private FlagValue? ReadTypes(FlagDefinition flag, IReadOnlyList<AttributeArgumentSyntax> arguments)
    {
        List<ExpressionSyntax> expressions = arguments.SelectMany(CellTypes.Elements).ToList();
        if (expressions.Count > 0 && expressions.All(e => e is TypeOfExpressionSyntax))
            return new CellTypes(SemanticModel, findings, item, cancellationToken).Read(expressions.Cast<TypeOfExpressionSyntax>());
        ReportWrongType(flag, arguments.First(a => !CellTypes.Elements(a).Any() || CellTypes.Elements(a).Any(e => e is not TypeOfExpressionSyntax)), "", "");
        return null;
    }

    private FlagValue? ReadTexts(FlagDefinition flag, IReadOnlyList<AttributeArgumentSyntax> arguments)
    {
        IEnumerable<string?> texts;
        if (FindBound(flag) is { Kind: TypedConstantKind.Array } bound)
            texts = bound.IsNull ? Array.Empty<string>() : bound.Values.Select(v => v.Value as string);
        else
            texts = arguments.Select(a => SemanticModel.GetConstantValue(a.Expression, cancellationToken).Value as string);

        List<string> list = texts.Select(t => t ?? "").ToList();
        if (list.Count > 0 && list.All(t => t.Length > 0))
            return new FlagValue(0, null, list.ToEquatableArray());

        ReportWrongType(flag, arguments[0], "", "");
        return null;
    }

    /// <summary>What a flag takes, for messages.</summary>
    public static string Describe(FlagDefinition flag) => flag.Type switch
    {
        FlagType.Integer => "a whole number (int)",
        FlagType.LongInteger => "a whole number (long)",
        FlagType.Number => "a number",
        FlagType.Boolean => "true or false",
        FlagType.Text => "a string",
        FlagType.Enum => "a member of " + flag.EnumName,
        FlagType.TextList => "names",
        FlagType.IntegerList => "whole numbers",
        FlagType.TypeList => "classes with [Cell], as in typeof(MyCell)",
        _ => throw new ArgumentOutOfRangeException(nameof(flag), flag.Type, "Unknown type of flag."),
    };

    /// <summary>An expression as written, on one line and short enough for a message.</summary>
    public static string Quote(ExpressionSyntax expression)
    {
        string text = string.Concat(expression.ToString().Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length == 0 ? "nothing"
            : "'" + (text.Length <= MaximumQuote ? text : text.Substring(0, MaximumQuote - 3) + "...") + "'";
    }

    private static (FlagValue? Value, bool IsHole) Checked(FlagValue? value) => (value, value is null);

    private static ExpressionSyntax Strip(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }

    private TypedConstant? FindBound(FlagDefinition flag)
    {
        if (attribute.Data is not { } data)
            return null;

        if (flag.IsPositional)
        {
            int index = data.AttributeConstructor?.Parameters.ToList().FindIndex(p => p.Name == ArgumentReader.ParameterName(flag)) ?? -1;
            return index >= 0 && index < data.ConstructorArguments.Length && data.ConstructorArguments[index].Kind != TypedConstantKind.Error
                ? data.ConstructorArguments[index]
                : null;
        }

        foreach (KeyValuePair<string, TypedConstant> named in data.NamedArguments)
        {
            if (named.Key == flag.Name && named.Value.Kind != TypedConstantKind.Error)
                return named.Value;
        }

        return null;
    }

    private (FlagValue? Value, bool IsHole) ReadUnbound(FlagDefinition flag, AttributeArgumentSyntax argument, ExpressionSyntax expression)
    {
        Optional<object?> constant = SemanticModel.GetConstantValue(expression, cancellationToken);
        if (flag.Type == FlagType.Enum)
        {
            ITypeSymbol? type = SemanticModel.GetTypeInfo(expression, cancellationToken).Type;
            if (constant.HasValue && type?.TypeKind == TypeKind.Enum && type.Name == flag.EnumName)
                return Checked(ReadEnum(flag, type, constant.Value) ?? ReportUndefined(flag, argument, constant.Value));
            return Checked(ReadMisspeltMember(flag, argument, expression, constant.Value as string));
        }

        // Name = null is no name.
        if (flag.Type == FlagType.Text && constant is { HasValue: true, Value: null })
            return (null, false);
        if (constant.HasValue && Convert(flag, constant.Value) is { } value)
            return CheckFinite(flag, argument, value);

        (FlagValue? meant, string suggestion) = Guess(flag, expression, constant.Value);
        ReportWrongType(flag, argument, suggestion.Length == 0 ? "" : "; write '" + suggestion + "'", suggestion);
        return Checked(meant);
    }

    /// <summary>A constant of a type that C# converts to the flag's without a cast.</summary>
    private static FlagValue? Convert(FlagDefinition flag, object? constant) => (flag.Type, constant) switch
    {
        (FlagType.Integer, sbyte or byte or short or ushort or int) => FlagValue.Of(System.Convert.ToInt32(constant, CultureInfo.InvariantCulture)),
        (FlagType.LongInteger, sbyte or byte or short or ushort or int or uint or long) =>
            FlagValue.Of(System.Convert.ToInt64(constant, CultureInfo.InvariantCulture)),
        (FlagType.Number, sbyte or byte or short or ushort or int or uint or long or ulong or float or double) =>
            FlagValue.Of(System.Convert.ToDouble(constant, CultureInfo.InvariantCulture)),
        (FlagType.Boolean, bool boolean) => FlagValue.Of(boolean),
        (FlagType.Text, string text) => FlagValue.Of(text),
        _ => null,
    };

    /// <summary>Python's spellings and C's: True, 1 for true, 5.0 for 5, true for an unrolled loop.</summary>
    private static (FlagValue? Value, string Suggestion) Guess(FlagDefinition flag, ExpressionSyntax expression, object? constant)
    {
        string text = expression.ToString();
        switch (flag.Type)
        {
            case FlagType.Boolean when text is "True" or "1" or "\"true\"":
                return (FlagValue.Of(true), "true");
            case FlagType.Boolean when text is "False" or "0" or "\"false\"":
                return (FlagValue.Of(false), "false");
            case FlagType.Integer when flag.Name == "Unroll" && text is "true" or "True":
                return (FlagValue.Of(-1), "Unroll.Full");
            case FlagType.Integer when flag.Name == "Unroll" && text is "false" or "False":
                return (FlagValue.Of(0), "Unroll.Auto");
            case FlagType.Integer or FlagType.LongInteger when constant is double or float or string
                && double.TryParse(System.Convert.ToString(constant, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && number == (int)number:
                return (FlagValue.Of(number), ((int)number).ToString(CultureInfo.InvariantCulture));
            default:
                return (null, "");
        }
    }

    private static FlagValue? ReadEnum(FlagDefinition flag, ITypeSymbol? type, object? constant)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType || enumType.Name != flag.EnumName || constant is null)
            return null;
        IFieldSymbol? member = Members(enumType).FirstOrDefault(f => Equals(f.ConstantValue, constant));
        return member is null ? null : FlagValue.Of(member.Name);
    }

    private static IEnumerable<IFieldSymbol> Members(INamedTypeSymbol enumType) =>
        enumType.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue);

    private FlagValue? ReportUndefined(FlagDefinition flag, AttributeArgumentSyntax argument, object? constant)
    {
        string written = System.Convert.ToString(constant, CultureInfo.InvariantCulture) ?? "";
        findings.Add(Rules.UnknownEnumMember, PlaceOf(flag), argument.Expression.GetLocation(), written, flag.EnumName, "");
        return null;
    }

    /// <summary><c>Activation.Tahn</c> is an unknown member; <c>Tanh</c> and <c>"tanh"</c> lack the enum before it.</summary>
    private FlagValue? ReadMisspeltMember(FlagDefinition flag, AttributeArgumentSyntax argument, ExpressionSyntax expression, string? text)
    {
        List<string> members = compilation.GetTypeByMetadataName("GenRnn." + flag.EnumName) is { } enumType
            ? Members(enumType).Select(f => f.Name).ToList()
            : new List<string>();

        if (expression is MemberAccessExpressionSyntax access && IsEnumMember(flag, access))
        {
            string written = access.Name.Identifier.ValueText;
            string? nearest = Spelling.FindNearest(written, members);
            string tail = nearest is null ? "; its members are " + string.Join(", ", members) : "; did you mean '" + nearest + "'?";
            Location location = access.Name.IsMissing ? access.GetLocation() : access.Name.GetLocation();
            findings.Suggest(nearest ?? "", Rules.UnknownEnumMember, PlaceOf(flag), location, written, flag.EnumName, tail);
            return nearest is null ? null : FlagValue.Of(nearest);
        }

        string? bare = text ?? (expression as IdentifierNameSyntax)?.Identifier.ValueText;
        string? meant = bare is null ? null : Spelling.FindNearest(bare, members);
        string suggestion = meant is null ? "" : flag.EnumName + "." + meant;
        ReportWrongType(flag, argument, suggestion.Length == 0 ? "" : "; write '" + suggestion + "'", suggestion);
        return meant is null ? null : FlagValue.Of(meant);
    }

    /// <summary>Whether the expression is written as a member of the flag's enum, existing or not.</summary>
    private static bool IsEnumMember(FlagDefinition flag, ExpressionSyntax expression)
    {
        if (flag.Type != FlagType.Enum || expression is not MemberAccessExpressionSyntax member)
            return false;
        string? container = member.Expression switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            _ => null,
        };
        return container == flag.EnumName;
    }

    private (FlagValue? Value, bool IsHole) CheckFinite(FlagDefinition flag, AttributeArgumentSyntax argument, FlagValue value)
    {
        if (!double.IsNaN(value.Number) && !double.IsInfinity(value.Number))
            return (value, false);

        string message = "'" + flag.Name + "' of " + _kind + " must be finite; found " + value.Number.ToString(CultureInfo.InvariantCulture);
        findings.Add(Rules.ValueOutOfRange, PlaceOf(flag), argument.GetLocation(), message);
        return (null, false);
    }

    /// <summary>
    /// Reports a constant that Gen writes itself. The generator sees the compilation before it and cannot know the value; an analyzer, which sees the one after it, must say the same.
    /// </summary>
    private bool ReportGenerated(FlagDefinition flag, AttributeArgumentSyntax argument)
    {
        if (!argument.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(IsGenerated))
            return false;
        findings.Add(
            Rules.WrongArgumentType, PlaceOf(flag), argument.Expression.GetLocation(), flag.Name, _kind, Describe(flag),
            Quote(argument.Expression) + ", which Gen writes itself and so cannot read", "; write the value, or a constant of your own for both");
        return true;
    }

    private bool IsGenerated(SimpleNameSyntax name)
    {
        if (!GeneratedMembers.Contains(name.Identifier.ValueText))
            return false;
        if (SemanticModel.GetSymbolInfo(name, cancellationToken).Symbol is { } symbol)
            return symbol.DeclaringSyntaxReferences.Length > 0 && symbol.DeclaringSyntaxReferences.All(r => ClassDeclarations.IsGenerated(r.SyntaxTree));

        INamedTypeSymbol? container = name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            ? SemanticModel.GetSymbolInfo(access.Expression, cancellationToken).Symbol as INamedTypeSymbol
            : name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? SemanticModel.GetDeclaredSymbol(declaration, cancellationToken) : null;
        return container is not null && container.GetAttributes().Any(a => a.AttributeClass is { } attributeClass && GenAttribute.IsMarker(attributeClass));
    }

    private void ReportWrongType(FlagDefinition flag, AttributeArgumentSyntax argument, string tail, string suggestion)
    {
        ExpressionSyntax expression = argument.Expression;
        string found = Quote(expression);
        if (!expression.IsMissing
            && !SemanticModel.GetConstantValue(expression, cancellationToken).HasValue
            && SemanticModel.GetTypeInfo(expression, cancellationToken).Type is { TypeKind: not TypeKind.Error })
        {
            found += ", which is not a constant";
        }

        Location location = expression.IsMissing ? attribute.Syntax.GetLocation() : expression.GetLocation();
        findings.Suggest(suggestion, Rules.WrongArgumentType, PlaceOf(flag), location, flag.Name, _kind, Describe(flag), found, tail);
    }

    private Place PlaceOf(FlagDefinition flag) => new(item, modifier, flag.Name);
}
