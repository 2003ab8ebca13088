namespace GenRnn.Benchmarks.Cells;

/// <summary>A GRU with the reset in front of the product, its gates in one product, as [Gru(ResetAfter = false)] has them.</summary>
[Cell(100)]
public static class WrittenGru100
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec gates = Vec.Sigmoid(w.Linear("gates", 200, x, h));
        Vec z = gates[..100];
        Vec candidate = Vec.Tanh(w.Linear("candidate", 100, x, gates[100..] * h));
        return z * h + (1f - z) * candidate;
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(100)]
public static class GateByGateGru100
{
    public static Vec Step(CellWeights w, Vec x, Vec h)
    {
        Vec z = Vec.Sigmoid(w.Linear("update", 100, x, h));
        Vec r = Vec.Sigmoid(w.Linear("reset", 100, x, h));
        Vec candidate = Vec.Tanh(w.Linear("candidate", 100, x, r * h));
        return z * h + (1f - z) * candidate;
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Gru(100, ResetAfter = false, ReturnSequences = true)]
public partial class BuiltInGruModel100;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenGru100), ReturnSequences = true)]
public partial class WrittenGruModel100;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateGru100), ReturnSequences = true)]
public partial class GateByGateGruModel100;
