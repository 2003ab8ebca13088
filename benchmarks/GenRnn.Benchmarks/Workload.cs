using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
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
/// <param name="StepGoal">The same for a streamed time step, which then is timed instead of a whole pass.</param>
/// <param name="Stream">Makes the steps, if they are timed.</param>
internal sealed record Workload(
    string Id, string Description, int Rows, Func<IModel<float>> Create, double? InferenceGoal = null, double? TrainingGoal = null, double? StepGoal = null,
    Func<Action>? Stream = null)
{
    /// <summary>Id of a workload with the same products that is a rival: what this one adds to them should cost nothing.</summary>
    public string? Twin { get; init; }

    /// <summary>How many times as far apart as in the convolution before it each convolution's taps are; 1 without convolutions.</summary>
    public int DilationGrowth { get; init; } = 1;

    // A loop that is compiled for good before it runs, so that what is timed is the steps.
    private const MethodImplOptions Once = MethodImplOptions.AggressiveOptimization;
    private const int Steps = StreamedSteps.PerCall;

    /// <summary>Every workload, in the order of the table. A new model is one file in Models/ and one row here.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "[2,20,10] SimpleRnn 5", 2, () => new W1(), 0.25),
        new("W2", "time-major [6,5,100] SimpleRnn 200, sequences", 5, () => new W2(), 0.9),
        new("W3", "[8,80,100] SimpleRnn 64-64", 8, () => new W3(), 0.87, 0.72),
        new("W4b32", "[32,50,1] SimpleRnn 20-20, Dense 1", 32, () => new W4(), 0.36, 0.4),
        new("W4b1", "[1,50,1] SimpleRnn 20-20, Dense 1", 1, () => new W4(), 0.2),
        new("W5b32", "[32,50,1] Lstm 20-20, Dense 10", 32, () => new W5(), 0.53, 0.57),
        new("W5b1", "[1,50,1] Lstm 20-20, Dense 10", 1, () => new W5(), 0.68),
        new("W6", "time-major [6,5,100] Lstm 100-100, sequences", 5, () => new W6(), 0.95),
        new("W7", "time-major [6,5,100] Gru 100-100, sequences", 5, () => new W7(), 0.9),
        Lstm(8, 1.25, () => new W8With8(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Lstm(16, 1.1, () => new W8With16(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Lstm(20, 0.7, () => new W8With20(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Lstm(32, 1, () => new W8With32(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Lstm(64, 1, () => new W8With64(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Lstm(100, 1.03, () => new W8With100(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        new("W9", "[64,100,32] Lstm 128, sequences", 64, () => new W9(), 1, 0.85),
        Streamed("W10b1", "step of 10 Conv1D 16, taps 2, dilation 1, Dense 1", null, () => new W10With1(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }),
        Streamed("W10b512", "step of 10 Conv1D 16, taps 2, dilations 1 to 512, Dense 1", 1.1, () => new W10With512(), m => m.CreateState(), [MethodImpl(Once)] (m, x, y, s) => { for (int i = 0; i < Steps; i++) m.Step(x, y, s); }) with
        {
            Twin = "W10b1",
            DilationGrowth = 2,
        },
    ];

    /// <summary>W8: one LSTM layer of so many units and a head, a step at a time.</summary>
    private static Workload Lstm<TModel, TState>(
        int units, double goal, Func<TModel> create, Func<TModel, TState> state, StreamedSteps.Call<TModel, TState> steps)
        where TModel : IModel<float> => Streamed($"W8b{units}", $"step of Lstm {units}, Dense 1", goal, create, state, steps);

    private static Workload Streamed<TModel, TState>(
        string id, string description, double? goal, Func<TModel> create, Func<TModel, TState> state, StreamedSteps.Call<TModel, TState> steps)
        where TModel : IModel<float> => new(id, description, 1, () => create(), StepGoal: goal, Stream: () =>
        {
            TModel model = create();
            return StreamedSteps.Of(model, state(model), steps);
        });

    /// <summary>The modes that are compared with peers.</summary>
    public IReadOnlyList<string> ComparedModes =>
        [.. new[] { Modes.Inference, Modes.TrainingStep, Modes.Step }.Where(mode => Goal(mode) is not null)];

    /// <summary>The goal of one of the compared modes; null if it is not compared.</summary>
    public double? Goal(string mode) => mode switch
    {
        Modes.Inference => InferenceGoal,
        Modes.TrainingStep => TrainingGoal,
        Modes.Step => StepGoal,
        _ => null,
    };

    /// <summary>Whether <paramref name="name"/> chooses this workload: <c>W4</c> means W4b32 and W4b1.</summary>
    public bool IsChosenBy(string name) =>
        Id.Equals(name, StringComparison.OrdinalIgnoreCase) || Id.StartsWith(name + "b", StringComparison.OrdinalIgnoreCase);

    /// <summary>The workload of that id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Workload Find(string id) =>
        All.FirstOrDefault(w => w.Id == id) ?? throw new ArgumentException($"There is no workload {id}.", nameof(id));
}
