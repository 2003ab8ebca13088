namespace GenRnn.Benchmarks.Cells;

/// <summary>A GRU with the reset in front of the product, its gates in one product, as [Gru(ResetAfter = false)] has them.</summary>
[Cell(64)]
public static class WrittenGru64
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec gates = Vec.Sigmoid(w.Linear("gates", 128, x, h));
        Vec z = gates[..64];
        Vec candidate = Vec.Tanh(w.Linear("candidate", 64, x, gates[64..] * h));
        return z * h + (1f - z) * candidate;
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(64)]
public static class GateByGateGru64
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec z = Vec.Sigmoid(w.Linear("update", 64, x, h));
        Vec r = Vec.Sigmoid(w.Linear("reset", 64, x, h));
        Vec candidate = Vec.Tanh(w.Linear("candidate", 64, x, r * h));
        return z * h + (1f - z) * candidate;
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Gru(64, ResetAfter = false, ReturnSequences = true)]
public partial class BuiltInGruModel64;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenGru64), ReturnSequences = true)]
public partial class WrittenGruModel64;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateGru64), ReturnSequences = true)]
public partial class GateByGateGruModel64;
