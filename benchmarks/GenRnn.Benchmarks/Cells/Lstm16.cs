namespace GenRnn.Benchmarks.Cells;

/// <summary>An LSTM, its gates in one product, as [Lstm] has them.</summary>
[Cell(16, 16)]
public static class WrittenLstm16
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec gates = w.Linear("gates", 64, x, h);
        Vec i = Vec.Sigmoid(gates[..16]);
        Vec f = Vec.Sigmoid(gates[16..32]);
        Vec g = Vec.Tanh(gates[32..48]);
        Vec o = Vec.Sigmoid(gates[48..]);
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(16, 16)]
public static class GateByGateLstm16
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec i = Vec.Sigmoid(w.Linear("input", 16, x, h));
        Vec f = Vec.Sigmoid(w.Linear("forget", 16, x, h));
        Vec g = Vec.Tanh(w.Linear("candidate", 16, x, h));
        Vec o = Vec.Sigmoid(w.Linear("output", 16, x, h));
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Lstm(16, ReturnSequences = true)]
public partial class BuiltInLstmModel16;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenLstm16), ReturnSequences = true)]
public partial class WrittenLstmModel16;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateLstm16), ReturnSequences = true)]
public partial class GateByGateLstmModel16;
