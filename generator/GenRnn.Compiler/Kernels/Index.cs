using System.Globalization;

namespace GenRnn.Compiler.Kernels;

/// <summary>An integer expression: offsets, bounds and counts. Folds constants as it is built.</summary>
public abstract record Index
{
    /// <summary>Lanes of one vector of the machine, a constant to the JIT.</summary>
    public static readonly Index Lanes = new LanesIndex();

    public static implicit operator Index(int value) => new ConstantIndex(value);

    /// <summary>A product as it is told to the caller: not folded.</summary>
    public static Index Times(Index a, Index b) => new BinaryIndex('*', a, b);

    public static Index Variable(string name) => new VariableIndex(name);

    /// <summary>A size of a layer, by its name in kernels: see <see cref="SizeIndex"/>.</summary>
    public static Index Size(string name, int value) => new SizeIndex(name, value);

    /// <summary>A constant that a reader knows by name: where something begins in memory.</summary>
    public static Index Named(string name, int offset) => new ConstantIndex(offset) { Landmark = new Landmark(name, offset) };

    public static Index operator +(Index a, Index b) => (a, b) switch
    {
        (ConstantIndex x, ConstantIndex y) => x.Plus(y),
        (ConstantIndex { Value: 0 }, _) => b,
        (_, ConstantIndex { Value: 0 }) => a,
        (BinaryIndex { Operator: '+', Right: ConstantIndex x } sum, ConstantIndex y) => sum.Left + x.Plus(y),
        _ => new BinaryIndex('+', a, b),
    };

    public static Index operator -(Index a, Index b) => (a, b) switch
    {
        (ConstantIndex x, ConstantIndex y) => x.Value - y.Value,
        (_, ConstantIndex { Value: 0 }) => a,
        _ => new BinaryIndex('-', a, b),
    };

    public static Index operator *(Index a, Index b) => (a, b) switch
    {
        (ConstantIndex x, ConstantIndex y) => x.Value * y.Value,
        (ConstantIndex { Value: 0 }, _) or (_, ConstantIndex { Value: 0 }) => 0,
        (ConstantIndex { Value: 1 }, _) => b,
        (_, ConstantIndex { Value: 1 }) => a,
        (ConstantIndex x, _) => b * x,
        (BinaryIndex { Operator: '*', Right: ConstantIndex x } product, ConstantIndex y) => product.Left * (Index)(x.Value * y.Value),
        _ => new BinaryIndex('*', a, b),
    };

    public static Index operator /(Index a, Index b) => (a, b) switch
    {
        (ConstantIndex x, ConstantIndex y) => x.Value / y.Value,
        (_, ConstantIndex { Value: 1 }) => a,
        _ => new BinaryIndex('/', a, b),
    };

    public static Index operator %(Index a, Index b) => (a, b) switch
    {
        (ConstantIndex x, ConstantIndex y) => x.Value % y.Value,
        (_, ConstantIndex { Value: 1 }) => 0,
        _ => new BinaryIndex('%', a, b),
    };
}

public sealed record ConstantIndex(int Value) : Index
{
    /// <summary>What lies there, or a little in front, for a reader: not a part of what the constant is.</summary>
    public Landmark? Landmark { get; init; }

    public bool Equals(ConstantIndex? other) => other is not null && Value == other.Value;

    public override int GetHashCode() => Value;

    internal ConstantIndex Plus(ConstantIndex other) => new(Value + other.Value) { Landmark = Landmark ?? other.Landmark };
}

/// <summary>Where something that has a name begins in memory.</summary>
public sealed record Landmark(string Name, int Offset);

public sealed record VariableIndex(string Name) : Index;

/// <summary>
/// A size that kernels of the same kind may differ in. It ends as a constant, or, where several kernels differ in nothing else, as a number that
/// the one in their place is called with. A constant costs no register, so what innermost loops compute with is not to be a size.
/// </summary>
public sealed record SizeIndex(string Name, int Value) : Index;

public sealed record LanesIndex : Index;

public sealed record BinaryIndex(char Operator, Index Left, Index Right) : Index;

/// <summary>The integer part of an element in memory: an id.</summary>
public sealed record ElementIndex(Place Place) : Index;

/// <summary>The larger of two.</summary>
public sealed record MaximumIndex(Index Left, Index Right) : Index;

/// <summary>The smaller of two.</summary>
public sealed record MinimumIndex(Index Left, Index Right) : Index;

/// <summary>An offset in an arena, told even where it is 0.</summary>
public sealed record OffsetIndex(int Value) : Index
{
    /// <summary>As that of a constant.</summary>
    public Landmark? Landmark { get; init; }

    /// <summary>An offset that may depend on where a ring has come to.</summary>
    public static Index Of(Index offset) => offset is ConstantIndex constant ? new OffsetIndex(constant.Value) { Landmark = constant.Landmark } : offset;
}

/// <summary>Rows that a pass runs for a call of so many: up to a multiple of <paramref name="Grain"/>, and no more than are stored.</summary>
public sealed record PaddedIndex(Index Rows, int Grain, int Stored) : Index;

/// <summary>The rows of the workspace's last forward pass.</summary>
public sealed record RowsOfForwardIndex : Index;

/// <summary>The first of so many pieces that belongs to a part, of as many as the call has.</summary>
public sealed record PartIndex(int Pieces, Index Part) : Index;

/// <summary>The slot at which the rings of so many steps begin in the caller's State.</summary>
public sealed record RingStartIndex(int Period) : Index;

/// <summary>Where a number has come to that goes round with the steps of a State.</summary>
public sealed record TurnIndex(int Period) : Index;

/// <summary>A place in memory: <paramref name="Offset"/> elements behind a reference.</summary>
public sealed record Place(string Reference, Index Offset)
{
    public static Place operator +(Place place, Index offset) => place with { Offset = place.Offset + offset };
}

internal static class Names
{
    public static string Of(string prefix, params int[] numbers)
    {
        string name = prefix;
        for (int i = 0; i < numbers.Length; i++)
            name += (i == 0 ? "" : "_") + numbers[i].ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
