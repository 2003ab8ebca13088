using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>Turns attributes, in the order of the source, into items with their modifiers.</summary>
internal sealed class ItemListBuilder(
    INamedTypeSymbol type, Compilation compilation, FindingSink findings, CancellationToken cancellationToken)
{
    /// <summary>Names of parameters and variables that stand beside those of the inputs in Predict, Forward and Backward.</summary>
    private static readonly string[] s_reservedInputNames =
    {
        "Output", "State", "Workspace", "Training", "OutputGradient", "InputGradient",
        "Arena", "Count", "InUse", "Memory", "Origin", "OutputLength", "Panels", "Row", "Rows",
    };

    private readonly List<ItemSpec> _items = new();
    private readonly List<ItemSyntax> _syntax = new();
    private readonly List<(ModifierSpec Spec, ItemSyntax Syntax)> _pending = new();
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasInput;
    private bool _lacksInput;
    private int _namelessInputs;

    public IReadOnlyList<ItemSpec> Items => _items;

    public IReadOnlyList<ItemSyntax> Syntax => _syntax;

    /// <summary>The limits of [Budget], which is no item: it may stand anywhere.</summary>
    public EquatableArray<FlagSpec> Budget { get; private set; }

    /// <summary>Where they were written; null if there are none.</summary>
    public ItemSyntax? BudgetSyntax { get; private set; }

    /// <summary>Index of the first item of which something was not understood.</summary>
    public int FirstHole { get; private set; } = int.MaxValue;

    /// <summary>Whether the parameters of Predict could not be told apart.</summary>
    public bool HasAmbiguousInputs => _namelessInputs > 1;

    public void Add(GenAttribute attribute)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!attribute.IsBound)
            ReportUnbound(attribute);
        if (attribute.HiddenBy.Length > 0)
            findings.Add(Rules.HiddenAttribute, Place.Class, attribute.Syntax.Name.GetLocation(), attribute.Syntax.Name.ToString(), attribute.HiddenBy, attribute.Definition!.Kind);

        switch (attribute.Definition?.Role)
        {
            case null:
                MarkHole();
                _pending.Clear();
                break;
            case ItemRole.Model:
                ReadBudget(attribute);
                break;
            case ItemRole.Modifier:
                AddModifier(attribute);
                break;
            case ItemRole.Input:
                ReportPending("an [Input] follows");
                _hasInput = true;
                AddItem(attribute);
                break;
            case ItemRole.Cell:
                // What wraps a cell may wrap the whole class.
                ReportPending("[Cell] follows", modifier => !LayerRegistry.WrapsCells(modifier.Kind));
                _hasInput = true;
                AddItem(attribute);
                break;
            case ItemRole.Layer or ItemRole.CellPart when _hasInput:
                AddItem(attribute);
                break;
            default:
                ReportLayerWithoutInput(attribute);
                break;
        }
    }

    /// <summary>What can only be said after the last attribute.</summary>
    public void Complete()
    {
        ReportPending("no layer follows");
        if (BudgetSyntax is not null && _items.Count > 0 && _items[0].Kind == "Cell" && _items[0].Find("Features") is null)
            findings.AddClass(Rules.UnfitPart, BudgetSyntax.Attribute.GetLocation(), "a cell costs what the model does that runs it; write [Budget] on that");
        if (_hasInput)
            return;
        FirstHole = 0;
        if (BudgetSyntax is not null && !_lacksInput)
            findings.AddClass(Rules.NoInput, BudgetSyntax.Attribute.GetLocation(), "Budget of '" + type.Name + "' limits a model that has no input: write [Input], then layers");
    }

    private void ReadBudget(GenAttribute attribute)
    {
        // C# refuses a second one (CS0579); the first one counts.
        if (BudgetSyntax is not null)
            return;
        var reader = new ArgumentReader(attribute, compilation, findings, _items, -1, -1, cancellationToken);
        reader.Read();
        Budget = reader.Flags;
        BudgetSyntax = new ItemSyntax(attribute.Syntax, reader.Arguments, Array.Empty<ItemSyntax>());
    }

    private void AddModifier(GenAttribute attribute)
    {
        var reader = new ArgumentReader(attribute, compilation, findings, _items, _items.Count, _pending.Count, cancellationToken);
        reader.Read();
        if (reader.HasHole)
            MarkHole();
        _pending.Add((
            new ModifierSpec(attribute.Definition!.Kind, reader.Flags),
            new ItemSyntax(attribute.Syntax, reader.Arguments, Array.Empty<ItemSyntax>())));
    }

    private void AddItem(GenAttribute attribute)
    {
        // A layer after [Backward] is a part of the one before it.
        ItemSpec? before = _items.Count > 0 ? _items[_items.Count - 1] : null;
        bool isHalf = attribute.Definition!.Role == ItemRole.Layer && _pending.Any(p => p.Spec.Kind == BackwardHalf.Kind) && BackwardHalf.Fits(before);
        int item = isHalf ? _items.Count - 1 : _items.Count;
        int modifier = isHalf ? before!.Modifiers.Count : -1;
        var reader = new ArgumentReader(attribute, compilation, findings, _items, item, modifier, cancellationToken);
        reader.Read();
        if (reader.HasHole)
            FirstHole = Math.Min(FirstHole, item);

        bool isInput = attribute.Definition!.Role == ItemRole.Input;
        if (reader.Find("Name")?.Text is { } name && FindNameProblem(name, isInput) is { } problem)
        {
            findings.Add(Rules.InvalidName, new Place(item, modifier, "Name"), reader.Arguments["Name"].GetLocation(), name, attribute.Definition.Kind, problem);
            reader.Remove("Name");
        }

        if (isInput && reader.Find("Name") is null && ++_namelessInputs == 2 && !reader.Arguments.ContainsKey("Name"))
        {
            // Whether it was meant for a branch or for a state is unknown, and so is what the layers after it read.
            findings.Add(Rules.UnnamedInputs, new Place(_items.Count), attribute.Syntax.GetLocation(), type.Name);
            MarkHole();
        }

        var spec = new ItemSpec(attribute.Definition.Kind, reader.Flags, _pending.Select(p => p.Spec).ToEquatableArray());
        if (isHalf)
        {
            _items[item] = BackwardHalf.Join(before!, spec);
            _syntax[item] = _syntax[item] with { Modifiers = _syntax[item].Modifiers.Append(new ItemSyntax(attribute.Syntax, ArgumentsOfHalf(reader.Arguments), Array.Empty<ItemSyntax>())).ToList() };
        }
        else
        {
            _items.Add(spec);
            _syntax.Add(new ItemSyntax(attribute.Syntax, reader.Arguments, _pending.Select(p => p.Syntax).ToList()));
        }

        _pending.Clear();
    }

    /// <summary>A half's own modifiers have no index of their own: their arguments are found among the half's, whose names differ.</summary>
    private IReadOnlyDictionary<string, AttributeArgumentSyntax> ArgumentsOfHalf(IReadOnlyDictionary<string, AttributeArgumentSyntax> own)
    {
        var arguments = _pending.SelectMany(p => p.Syntax.Arguments).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.First().Value);
        foreach (KeyValuePair<string, AttributeArgumentSyntax> argument in own)
            arguments[argument.Key] = argument.Value;
        return arguments;
    }

    private string? FindNameProblem(string name, bool isInput)
    {
        if (!Identifiers.IsPlainIdentifier(name))
            return "is not an identifier of C#; members of the class are called after it";
        if (Identifiers.IsKeyword(name))
            return "is a keyword of C#; members of the class are called after it";
        if (isInput && s_reservedInputNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            return "is the name of another parameter or variable in Predict, Forward or Backward";
        return _names.Add(name) ? null : "is taken; names differ in more than case, because parameters and members are called after them";
    }

    private void ReportUnbound(GenAttribute attribute)
    {
        string suggestion = attribute.Definition is { } meant && meant.Kind != attribute.Written ? meant.Kind : "";
        string tail = attribute.Definition is null ? ""
            : suggestion.Length == 0 ? " that this file sees; is 'using GenRnn;' missing?"
            : "; did you mean '" + suggestion + "'?";
        findings.Suggest(suggestion, Rules.UnknownLayer, Place.Class, attribute.Syntax.Name.GetLocation(), attribute.Written, tail);
    }

    private void ReportLayerWithoutInput(GenAttribute attribute)
    {
        _pending.Clear();
        if (_lacksInput)
            return;
        _lacksInput = true;
        findings.AddClass(
            Rules.NoInput,
            attribute.Syntax.GetLocation(),
            attribute.Definition!.Role == ItemRole.CellPart
                ? attribute.Definition.Kind + " of '" + type.Name + "' is a part of a cell: write [Cell] before it, or the layer that runs it over time, [" + LayerOf(attribute.Definition.Kind) + "], after [Input]"
                : attribute.Definition.Kind + " of '" + type.Name + "' has no input: write [Input] before the first layer, because it fixes all shapes");
    }

    private static string LayerOf(string cell) => cell.Substring(0, cell.Length - "Cell".Length);

    private void ReportPending(string what) => ReportPending(what, _ => true);

    private void ReportPending(string what, Func<ModifierSpec, bool> isWrong)
    {
        foreach ((ModifierSpec spec, ItemSyntax syntax) in _pending.Where(p => isWrong(p.Spec)))
            findings.AddClass(Rules.ModifierWithoutLayer, syntax.Attribute.GetLocation(), spec.Kind, what);
        _pending.RemoveAll(p => isWrong(p.Spec));
    }

    private void MarkHole() => FirstHole = Math.Min(FirstHole, _items.Count);
}
