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
}

/// <summary>A tensor between regions: one vector a row and step, or (Steps = 0) one vector a row.</summary>
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

    /// <summary>If it holds ids: they are below this; 0 for plain numbers.</summary>
    public int Vocabulary { get; set; }

    public bool IsVector => Steps == 0;

    public override string ToString() => "@" + Name;
}
