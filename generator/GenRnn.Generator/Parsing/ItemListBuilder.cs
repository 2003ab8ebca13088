using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Generator.Parsing;

/// <summary>Turns attributes, in the order of the source, into items with their modifiers.</summary>
internal sealed class ItemListBuilder(
    INamedTypeSymbol type, Compilation compilation, FindingSink findings, CancellationToken cancellationToken)
{
    private readonly List<ItemSpec> _items = new();
    private readonly List<ItemSyntax> _syntax = new();
    private readonly PendingModifiers _pending = new(findings);
    private readonly ItemNames _names = new();
    private readonly MisplacedAttributes _misplaced = new(type.Name, findings);
    private bool _hasInput;

    public IReadOnlyList<ItemSpec> Items => _items;

    public IReadOnlyList<ItemSyntax> Syntax => _syntax;

    /// <summary>The limits of [Budget], which is no item: it may stand anywhere.</summary>
    public EquatableArray<FlagSpec> Budget { get; private set; }

    /// <summary>Where they were written; null if there are none.</summary>
    public ItemSyntax? BudgetSyntax { get; private set; }

    /// <summary>Index of the first item of which something was not understood.</summary>
    public int FirstHole { get; private set; } = int.MaxValue;

    /// <summary>Whether the parameters of Predict could not be told apart.</summary>
    public bool HasAmbiguousInputs => _names.HasAmbiguousInputs;

    public void Add(GenAttribute attribute)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _misplaced.CheckName(attribute);
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
                _pending.Refuse("an [Input] follows");
                _hasInput = true;
                AddItem(attribute);
                break;
            case ItemRole.Cell:
                // What wraps a cell may wrap the whole class.
                _pending.Refuse("[Cell] follows", modifier => !LayerRegistry.WrapsCells(modifier.Kind));
                _hasInput = true;
                AddItem(attribute);
                break;
            case ItemRole.Layer or ItemRole.CellPart when _hasInput:
                AddItem(attribute);
                break;
            default:
                _pending.Clear();
                _misplaced.ReportLayerWithoutInput(attribute);
                break;
        }
    }

    /// <summary>What can only be said after the last attribute.</summary>
    public void Complete()
    {
        _pending.Refuse("no layer follows");
        if (BudgetSyntax is not null && _items.Count > 0 && _items[0].Kind == CellItem.Kind && _items[0].Find(InputItem.Features) is null)
            findings.AddClass(Rules.UnfitPart, BudgetSyntax.Attribute.GetLocation(), "a cell costs what the model does that runs it; write [Budget] on that");
        if (_hasInput)
            return;
        FirstHole = 0;
        if (BudgetSyntax is not null && !_misplaced.LacksInput)
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
        _pending.Add(new ModifierSpec(attribute.Definition!.Kind, reader.Flags), new ItemSyntax(attribute.Syntax, reader.Arguments, Array.Empty<ItemSyntax>()));
    }

    private void AddItem(GenAttribute attribute)
    {
        // A layer after [Backward] is a part of the one before it.
        ItemSpec? before = _items.Count > 0 ? _items[_items.Count - 1] : null;
        bool isHalf = attribute.Definition!.Role == ItemRole.Layer && _pending.MakeHalf && BackwardHalf.Fits(before);
        int item = isHalf ? _items.Count - 1 : _items.Count;
        int modifier = isHalf ? before!.Modifiers.Count : -1;
        var reader = new ArgumentReader(attribute, compilation, findings, _items, item, modifier, cancellationToken);
        reader.Read();
        if (reader.HasHole)
            FirstHole = Math.Min(FirstHole, item);

        bool isInput = attribute.Definition!.Role == ItemRole.Input;
        if (reader.Find(ItemFlags.Name)?.Text is { } name && _names.Add(name, isInput) is { } problem)
        {
            findings.Add(Rules.InvalidName, new Place(item, modifier, ItemFlags.Name.Name), reader.Arguments[ItemFlags.Name.Name].GetLocation(), name, attribute.Definition.Kind, problem);
            reader.Remove(ItemFlags.Name);
        }

        if (isInput && reader.Find(ItemFlags.Name) is null && _names.AddNamelessInput() && !reader.Arguments.ContainsKey(ItemFlags.Name.Name))
        {
            // Whether it was meant for a branch or for a state is unknown, and so is what the layers after it read.
            findings.Add(Rules.UnnamedInputs, new Place(_items.Count), attribute.Syntax.GetLocation(), type.Name);
            MarkHole();
        }

        var spec = new ItemSpec(attribute.Definition.Kind, reader.Flags, _pending.Specs);
        if (isHalf)
        {
            _items[item] = BackwardHalf.Join(before!, spec);
            _syntax[item] = _syntax[item] with { Modifiers = _syntax[item].Modifiers.Append(new ItemSyntax(attribute.Syntax, _pending.ArgumentsWith(reader.Arguments), Array.Empty<ItemSyntax>())).ToList() };
        }
        else
        {
            _items.Add(spec);
            _syntax.Add(new ItemSyntax(attribute.Syntax, reader.Arguments, _pending.Syntax));
        }

        _pending.Clear();
    }

    private void MarkHole() => FirstHole = Math.Min(FirstHole, _items.Count);
}
