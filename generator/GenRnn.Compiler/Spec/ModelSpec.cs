using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Spec;

/// <summary>
/// What a developer declared, as plain values: no symbols, no syntax, no positions. Two declarations that mean the same
/// are equal, so an edit that touches no model re-emits nothing.
/// </summary>
/// <param name="Class">The class that carries the attributes.</param>
/// <param name="Items">Inputs and layers, in source order.</param>
public sealed record ModelSpec(ClassSpec Class, EquatableArray<ItemSpec> Items)
{
    /// <summary>The limits of <c>[Budget]</c>; empty if there are none.</summary>
    public EquatableArray<FlagSpec> Budget { get; init; }

    /// <summary>The step of a cell that was written in C#; null for models, and for cells that are made of parts.</summary>
    public CellBody? Body { get; init; }

    /// <summary>Whether it is a cell with a single step, made by <see cref="SteppedCell"/>: its states have names of their own and are dense.</summary>
    public bool IsStepped { get; init; }

    /// <summary>Whether the class is a cell, which a model runs by <c>[Rnn]</c> or a caller steps by hand.</summary>
    public bool IsCell => Items.Count > 0 && Items[0].Kind == CellItem.Kind;
}

/// <summary>The class to extend.</summary>
/// <param name="Namespace">Its namespace, empty for the global one.</param>
/// <param name="Containers">Declarations of the containing types, outermost first, as they must be repeated: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Keyword">The class's own declaration keywords: <c>class</c> or <c>record</c>.</param>
/// <param name="Name">Its name as written in source, with @ where it is a keyword.</param>
/// <param name="TypeParameters">Its type parameters as written (<c>&lt;T&gt;</c>), or empty.</param>
/// <param name="MetadataName">Full metadata name, <c>N.Outer`1+Model</c>: unique in the assembly.</param>
public sealed record ClassSpec(
    string Namespace,
    EquatableArray<string> Containers,
    string Keyword,
    string Name,
    string TypeParameters,
    string MetadataName);

/// <summary>One attribute that stands for an input or a layer, with the modifiers that were written before it.</summary>
/// <param name="Kind">The attribute's name: <c>Input</c>, <c>SimpleRnn</c>, <c>Dense</c>.</param>
/// <param name="Flags">The flags that were set, positional arguments under their parameter's flag name, in catalogue order. Not set means absent.</param>
/// <param name="Modifiers">Modifiers of this layer, outermost first.</param>
public sealed record ItemSpec(string Kind, EquatableArray<FlagSpec> Flags, EquatableArray<ModifierSpec> Modifiers) : AttributeSpec(Kind, Flags)
{
    public bool IsInput => Kind == InputItem.Kind;

    /// <summary>What it is called by, or another name where it has none.</summary>
    public string NameOr(string unnamed) => Find(ItemFlags.Name)?.Text ?? unnamed;

    /// <summary>The cells that an <c>[Rnn]</c> runs, once its declaration was joined with theirs (<see cref="CellJoin"/>).</summary>
    public EquatableArray<CellSpec> Cells { get; init; }

    /// <summary>As messages name it: <c>SimpleRnn(20)</c>.</summary>
    public string Describe()
    {
        string text = (Find("Units") ?? Find("Filters")) is { } width ? string.Format(CultureInfo.InvariantCulture, "{0}({1})", Kind, width.Number)
            : Cells.Count > 0 ? Kind + "(" + string.Join(", ", Cells.Select(c => c.Name)) + ")"
            : Kind;
        return Find(ItemFlags.Name)?.Text is { } name ? text + " '" + name + "'" : text;
    }
}

/// <summary>A modifier: <c>[InitialState("H0")]</c>, <c>[Initialize(Weight.Kernel, Initializer.Orthogonal, Gain = 2)]</c>.</summary>
/// <param name="Kind">The attribute's name without the suffix.</param>
/// <param name="Flags">Its arguments, as in <see cref="ItemSpec.Flags"/>.</param>
public sealed record ModifierSpec(string Kind, EquatableArray<FlagSpec> Flags) : AttributeSpec(Kind, Flags)
{
    /// <summary>The layer that a <c>[Backward]</c> was written in front of; null for every other modifier.</summary>
    public ItemSpec? Layer { get; init; }
}

/// <summary>A flag that was set.</summary>
public sealed record FlagSpec(string Name, FlagValue Value);

/// <summary>A constant argument: a number or boolean in <see cref="Number"/>, a string or the name of an enum member in <see cref="Text"/>,
/// an array of strings in <see cref="List"/>.</summary>
public sealed record FlagValue(double Number, string? Text = null, EquatableArray<string> List = default)
{
    public bool Boolean => Number != 0;

    public static FlagValue Of(double number) => new(number);

    public static FlagValue Of(bool value) => new(value ? 1 : 0);

    public static FlagValue Of(string text) => new(0, text);

    public static FlagValue Of(System.Collections.Generic.IEnumerable<string> list) => new(0, null, list.ToEquatableArray());
}
