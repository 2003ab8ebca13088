namespace GenRnn.Benchmarks.Cells;

/// <summary>A GRU with the reset in front of the product, its gates in one product, as [Gru(ResetAfter = false)] has them.</summary>
[Cell(16)]
public static class WrittenGru16
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec gates = Vec.Sigmoid(w.Linear("gates", 32, x, h));
        Vec z = gates[..16];
        Vec candidate = Vec.Tanh(w.Linear("candidate", 16, x, gates[16..] * h));
        return z * h + (1f - z) * candidate;
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(16)]
public static class GateByGateGru16
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec z = Vec.Sigmoid(w.Linear("update", 16, x, h));
        Vec r = Vec.Sigmoid(w.Linear("reset", 16, x, h));
        Vec candidate = Vec.Tanh(w.Linear("candidate", 16, x, r * h));
        return z * h + (1f - z) * candidate;
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Gru(16, ResetAfter = false, ReturnSequences = true)]
public partial class BuiltInGruModel16;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenGru16), ReturnSequences = true)]
public partial class WrittenGruModel16;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateGru16), ReturnSequences = true)]
public partial class GateByGateGruModel16;
