using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Generator.Parsing;

/// <summary>Assigns the arguments of one attribute to flags of the catalogue.</summary>
internal sealed class ArgumentReader(
    GenAttribute attribute, Compilation compilation, FindingSink findings, IReadOnlyList<ItemSpec> before, int item, int modifier, CancellationToken cancellationToken)
{
    private readonly ItemDefinition _definition = attribute.Definition!;
    private readonly Dictionary<string, FlagValue> _values = new();
    private readonly Dictionary<string, AttributeArgumentSyntax> _arguments = new();
    private readonly ValueReader _valueReader = new(attribute, compilation, findings, item, modifier, cancellationToken);

    /// <summary>What was set, in the order of the catalogue.</summary>
    public EquatableArray<FlagSpec> Flags => _definition.Flags
        .Where(f => _values.ContainsKey(f.Name))
        .Select(f => new FlagSpec(f.Name, _values[f.Name]))
        .ToEquatableArray();

    /// <summary>The argument behind each flag, under the right name where it was misspelt.</summary>
    public IReadOnlyDictionary<string, AttributeArgumentSyntax> Arguments => _arguments;

    /// <summary>Whether a value was not understood, so that nothing can be said about shapes.</summary>
    public bool HasHole { get; private set; }

    public FlagValue? Find(FlagDefinition flag) => _values.TryGetValue(flag.Name, out FlagValue? value) ? value : null;

    public void Remove(FlagDefinition flag) => _values.Remove(flag.Name);

    public void Read()
    {
        List<FlagDefinition> positional = _definition.Flags.Where(f => f.IsPositional).ToList();
        if (_definition.Role == ItemRole.Input && ReadShape())
            return;
        var list = new List<AttributeArgumentSyntax>();
        int next = 0;
        foreach (AttributeArgumentSyntax argument in attribute.Syntax.ArgumentList?.Arguments ?? default)
        {
            if (argument.NameEquals is { } nameEquals)
                ReadNamed(nameEquals.Name, argument, isProperty: true);
            else if (argument.NameColon is { } nameColon)
                ReadNamed(nameColon.Name, argument, isProperty: false);
            else if (next == positional.Count)
                ReportSurplus(argument);
            else if (positional[next].IsList)
                list.Add(argument);
            else
                ReadValue(positional[next++], argument);
        }

        if (list.Count > 0)
            ReadList(positional[next], list);
        foreach (FlagDefinition missing in positional.Where(p => !p.IsOptional && !_arguments.ContainsKey(p.Name)))
            ReportMissing(missing);
    }

    /// <summary>
    /// <c>[Input(20, 3)]</c>, the shape as Keras takes it: time steps, then features; a single number is features. Any other arguments by position are
    /// reported one by one.
    /// </summary>
    private bool ReadShape()
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.Syntax.ArgumentList?.Arguments ?? default;
        List<AttributeArgumentSyntax> shape = arguments.TakeWhile(a => a.NameEquals is null && a.NameColon is null && !a.Expression.IsMissing).ToList();
        string[] names = shape.Count == 2 ? new[] { "TimeSteps", "Features" } : new[] { "Features" };
        if (shape.Count != names.Length || arguments.Skip(shape.Count).Any(a => a.NameEquals is not { } name || names.Contains(name.Name.Identifier.ValueText)))
            return false;

        string meant = string.Join(", ", names.Zip(shape, (name, argument) => name + " = " + argument.Expression));
        Location location = Location.Create(attribute.Syntax.SyntaxTree, TextSpan.FromBounds(shape[0].SpanStart, shape[shape.Count - 1].Span.End));
        findings.Suggest(meant, Rules.WrongArgumentType, new Place(item, modifier), location,
            "Arguments", _definition.Kind, "options by name", "'" + string.Join(", ", shape) + "'", "; write '" + meant + "'");
        for (int i = 0; i < shape.Count; i++)
            ReadValue(_definition.Find(names[i])!, shape[i]);
        foreach (AttributeArgumentSyntax argument in arguments.Skip(shape.Count))
            ReadNamed(argument.NameEquals!.Name, argument, isProperty: true);
        return true;
    }

    /// <summary>The name of the constructor's parameter for a positional flag.</summary>
    public static string ParameterName(FlagDefinition flag) => char.ToLowerInvariant(flag.Name[0]) + flag.Name.Substring(1);

    private void ReadNamed(IdentifierNameSyntax name, AttributeArgumentSyntax argument, bool isProperty)
    {
        string written = name.Identifier.ValueText;
        FlagDefinition? flag = isProperty
            ? _definition.Flags.FirstOrDefault(f => !f.IsPositional && f.Name == written)
            : _definition.Flags.FirstOrDefault(f => f.IsPositional && ParameterName(f) == written);
        flag ??= FindMisspelt(name, written, isProperty);
        if (flag is { IsList: true })
            ReadList(flag, new[] { argument });
        else if (flag is not null)
            ReadValue(flag, argument);
    }

    private FlagDefinition? FindMisspelt(IdentifierNameSyntax name, string written, bool isProperty)
    {
        // A flag that is set by its right name, here or further right, was not meant.
        IEnumerable<string> taken = _arguments.Keys.Concat(attribute.Syntax.ArgumentList!.Arguments
            .Select(a => a.NameEquals?.Name.Identifier.ValueText ?? ""));
        string? nearest = Spelling.FindNearest(written, _definition.Flags.Select(f => f.Name).Where(f => f == written || !taken.Contains(f)));
        FlagDefinition? meant = nearest is not null ? _definition.Find(nearest)
            : ForeignNames.FlagOf(_definition, written) is { } foreign && !taken.Contains(foreign.Name) ? foreign : null;
        (string tail, string suggestion) = meant switch
        {
            null => (FlagOwner.Describe(written, _definition.Kind, before) is { Length: > 0 } owner ? owner
                : "; its options are " + string.Join(", ", _definition.Flags.Where(f => !f.IsPositional).Select(f => f.Name)), ""),
            { IsPositional: true } => ("; write '" + ParameterName(meant) + ": ...', or the value alone", ParameterName(meant) + ":"),
            _ when !isProperty => ("; write '" + meant.Name + " = ...'", meant.Name + " ="),
            _ => ("; did you mean '" + meant.Name + "'?", meant.Name),
        };

        // Half-typed: there is nothing to say about a name that is not there yet.
        if (written.Length > 0)
            findings.Suggest(suggestion, Rules.UnknownFlag, new Place(item, modifier, meant?.Name ?? written), name.GetLocation(), written, _definition.Kind, tail);
        return meant is not null && !_arguments.ContainsKey(meant.Name) ? meant : null;
    }

    private void ReadValue(FlagDefinition flag, AttributeArgumentSyntax argument)
    {
        // C# refuses a flag that is set twice (CS0643); the first one counts.
        if (_arguments.ContainsKey(flag.Name))
            return;
        _arguments.Add(flag.Name, argument);
        (FlagValue? value, bool isHole) = _valueReader.Read(flag, argument);
        HasHole |= isHole;
        if (value is not null)
            _values.Add(flag.Name, value);
    }

    private void ReadList(FlagDefinition flag, IReadOnlyList<AttributeArgumentSyntax> arguments)
    {
        if (_arguments.ContainsKey(flag.Name))
            return;
        _arguments.Add(flag.Name, arguments[0]);
        for (int i = 1; i < arguments.Count; i++)
            _arguments.Add(Place.Element(flag.Name, i), arguments[i]);
        if (_valueReader.ReadList(flag, arguments) is { } value)
            _values.Add(flag.Name, value);
        else
            HasHole = true;
    }

    private void ReportSurplus(AttributeArgumentSyntax argument)
    {
        if (argument.Expression.IsMissing)
            return;
        findings.Add(
            Rules.WrongArgumentType, new Place(item, modifier), argument.GetLocation(),
            "Arguments", _definition.Kind, "options by name, as in 'Name = \"...\"'", ValueReader.Quote(argument.Expression), "");
        HasHole = true;
    }

    private void ReportMissing(FlagDefinition flag)
    {
        findings.Add(
            Rules.WrongArgumentType, new Place(item, modifier, flag.Name), attribute.Syntax.GetLocation(),
            flag.Name, _definition.Kind, ValueReader.Describe(flag), "nothing", "");
        HasHole = true;
    }
}
