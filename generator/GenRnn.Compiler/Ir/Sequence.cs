namespace GenRnn.Compiler.Ir;

/// <summary>What a sequence is to the outside.</summary>
public enum SequenceKind
{
    /// <summary>Between regions.</summary>
    Internal,
    /// <summary>An input of the model, or the upstream gradient of an output.</summary>
    Input,
    /// <summary>An output of the model, or the gradient of an input.</summary>
    Output,
    /// <summary>The number of steps that each row of the model's input before it has.</summary>
    Lengths,
}

/// <summary>A tensor between regions: one vector a row and step, (Steps = 0) one vector a row, or (IsShared) one vector for all rows.</summary>
public sealed class Sequence
{
    public Sequence(int id, string name, int steps, int width, SequenceKind kind = SequenceKind.Internal)
    {
        Id = id;
        Name = name;
        Steps = steps;
        Width = width;
        Kind = kind;
    }

    public int Id { get; }

    public string Name { get; }

    /// <summary>Time steps; 0 for a vector.</summary>
    public int Steps { get; }

    public int Width { get; }

    public SequenceKind Kind { get; set; }

    /// <summary>What the equation calls the value that is kept in it, for a reader of emitted code; empty if nothing: see <see cref="Value.Name"/>.</summary>
    public string ValueName { get; set; } = "";

    /// <summary>The input of which it is a part: the steps that its rows have.</summary>
    public Sequence? PartOf { get; init; }

    /// <summary>If it holds ids: they are below this; 0 for plain numbers.</summary>
    public int Vocabulary { get; private set; }

    /// <summary>Whether all rows have it in common. What a region writes to it at every step of every row is summed.</summary>
    public bool IsShared { get; init; }

    public bool IsVector => Steps == 0;

    public bool IsLengths => Kind == SequenceKind.Lengths;

    /// <summary>Says that it holds ids below <paramref name="vocabulary"/>, and so does what it is a part of.</summary>
    public void HoldsIds(int vocabulary)
    {
        Vocabulary = vocabulary;
        PartOf?.HoldsIds(vocabulary);
    }

    public override string ToString() => "@" + Name;
}
