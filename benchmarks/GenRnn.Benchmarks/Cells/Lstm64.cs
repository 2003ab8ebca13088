namespace GenRnn.Benchmarks.Cells;

/// <summary>An LSTM, its gates in one product, as [Lstm] has them.</summary>
[Cell(64, 64)]
public static class WrittenLstm64
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec gates = w.Linear("gates", 256, x, h);
        Vec i = Vec.Sigmoid(gates[..64]);
        Vec f = Vec.Sigmoid(gates[64..128]);
        Vec g = Vec.Tanh(gates[128..192]);
        Vec o = Vec.Sigmoid(gates[192..]);
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(64, 64)]
public static class GateByGateLstm64
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec i = Vec.Sigmoid(w.Linear("input", 64, x, h));
        Vec f = Vec.Sigmoid(w.Linear("forget", 64, x, h));
        Vec g = Vec.Tanh(w.Linear("candidate", 64, x, h));
        Vec o = Vec.Sigmoid(w.Linear("output", 64, x, h));
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Lstm(64, ReturnSequences = true)]
public partial class BuiltInLstmModel64;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenLstm64), ReturnSequences = true)]
public partial class WrittenLstmModel64;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateLstm64), ReturnSequences = true)]
public partial class GateByGateLstmModel64;
