using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Peers.Models;

namespace GenRnn.Peers;

/// <summary>One network with data: what every contestant computes.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Description">Input shape, layers.</param>
/// <param name="Rows">Rows of a call.</param>
/// <param name="Create">Makes our model.</param>
internal sealed record Work(string Id, string Description, int Rows, Func<IModel<float>> Create)
{
    /// <summary>Whether a training step is timed; every shape is once.</summary>
    public bool Trains { get; init; } = true;

    /// <summary>Classes that targets are ids of; 0 for numbers with a squared error.</summary>
    public int Classes { get; init; }

    /// <summary>Every workload that inference and training steps are timed on.</summary>
    public static IReadOnlyList<Work> All { get; } =
    [
        new("W9", "[64,100,32] Lstm 128, sequences", 64, () => new W9(seed: 1)),
        new("W11b1", "[1,60,1] Lstm 50-50, Dense 25-1", 1, () => new W11(seed: 1)) { Trains = false },
        new("W11b32", "[32,60,1] Lstm 50-50, Dense 25-1", 32, () => new W11(seed: 1)),
        new("W12", "[64,100] Embedding 80x64, Lstm 128, Dense 80 softmax", 64, () => new W12(seed: 1)) { Classes = 80 },
        new("W13", "[32,60,16] Bidirectional Lstm 64, sequences", 32, () => new W13(seed: 1)),
        new("W14", "[32,100,64] Lstm 512, sequences", 32, () => new W14(seed: 1)),
        new("W15", "[4,1024,1] 10 causal Conv1D 32, taps 2, dilations 1 to 512, Dense 1", 4, () => new W15(seed: 1)),
    ];

    /// <summary>Inputs of all rows: ids for an embedding, else numbers from -1 to 1.</summary>
    public float[] Inputs(ModelInfo info)
    {
        var random = new Random(1);
        int ids = info.Inputs[0].Vocabulary;
        return [.. Enumerable.Range(0, Rows * info.InputLength).Select(_ => ids > 0 ? random.Next(ids) : random.NextSingle() * 2 - 1)];
    }

    /// <summary>Targets of all rows: an id a step, or as many numbers as there are outputs.</summary>
    public float[] Targets(ModelInfo info)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rows * (Classes > 0 ? info.Outputs[0].TimeSteps : info.OutputLength)).Select(_ => Classes > 0 ? random.Next(Classes) : random.NextSingle())];
    }
}
