using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Benchmarks.Measuring;
using GenRnn.Benchmarks.Models;

namespace GenRnn.Benchmarks;

/// <summary>One shape that generated code and its peers are timed on.</summary>
/// <param name="Id">The name that every contestant's program knows it by.</param>
/// <param name="Description">Input shape, layers and output, for the table.</param>
/// <param name="Rows">Rows of a call.</param>
/// <param name="Create">Makes the model.</param>
/// <param name="InferenceGoal">Our time over the best peer's that inference has to reach.</param>
/// <param name="TrainingGoal">The same for a training step; null if training is not timed.</param>
internal sealed record Workload(
    string Id, string Description, int Rows, Func<IModel<float>> Create, double InferenceGoal, double? TrainingGoal = null)
{
    /// <summary>Every workload, in the order of the table. A new model is one file in Models/ and one row here.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "[2,20,10] SimpleRnn 5", 2, () => new W1(), 0.25),
        new("W2", "time-major [6,5,100] SimpleRnn 200, sequences", 5, () => new W2(), 0.9),
        new("W3", "[8,80,100] SimpleRnn 64-64", 8, () => new W3(), 0.87, 0.72),
        new("W4b32", "[32,50,1] SimpleRnn 20-20, Dense 1", 32, () => new W4(), 0.36, 0.4),
        new("W4b1", "[1,50,1] SimpleRnn 20-20, Dense 1", 1, () => new W4(), 0.2),
    ];

    /// <summary>The modes that are compared with peers.</summary>
    public IReadOnlyList<string> ComparedModes => TrainingGoal is null ? [Modes.Inference] : [Modes.Inference, Modes.TrainingStep];

    /// <summary>The goal of one of the compared modes.</summary>
    public double? Goal(string mode) => mode == Modes.Inference ? InferenceGoal : TrainingGoal;

    /// <summary>Whether <paramref name="name"/> chooses this workload: <c>W4</c> means W4b32 and W4b1.</summary>
    public bool IsChosenBy(string name) =>
        Id.Equals(name, StringComparison.OrdinalIgnoreCase) || Id.StartsWith(name + "b", StringComparison.OrdinalIgnoreCase);

    /// <summary>The workload of that id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Workload Find(string id) =>
        All.FirstOrDefault(w => w.Id == id) ?? throw new ArgumentException($"There is no workload {id}.", nameof(id));
}
