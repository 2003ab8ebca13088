namespace GenRnn.Benchmarks.Cells;

/// <summary>An LSTM, its gates in one product, as [Lstm] has them.</summary>
[Cell(100, 100)]
public static class WrittenLstm100
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec gates = w.Linear("gates", 400, x, h);
        Vec i = Vec.Sigmoid(gates[..100]);
        Vec f = Vec.Sigmoid(gates[100..200]);
        Vec g = Vec.Tanh(gates[200..300]);
        Vec o = Vec.Sigmoid(gates[300..]);
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

/// <summary>The same, a product for each gate.</summary>
[Cell(100, 100)]
public static class GateByGateLstm100
{
    public static (Vec, Vec) Step(CellWeights w, Vec x, Vec h, Vec c)
    {
        Vec i = Vec.Sigmoid(w.Linear("input", 100, x, h));
        Vec f = Vec.Sigmoid(w.Linear("forget", 100, x, h));
        Vec g = Vec.Tanh(w.Linear("candidate", 100, x, h));
        Vec o = Vec.Sigmoid(w.Linear("output", 100, x, h));
        Vec next = f * c + i * g;
        return (o * Vec.Tanh(next), next);
    }
}

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Lstm(100, ReturnSequences = true)]
public partial class BuiltInLstmModel100;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(WrittenLstm100), ReturnSequences = true)]
public partial class WrittenLstmModel100;

[Input(TimeSteps = 20, Features = 32, Batch = 8)]
[Rnn(typeof(GateByGateLstm100), ReturnSequences = true)]
public partial class GateByGateLstmModel100;
