using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>Calls everything that runs a model's kernels, each time in memory that was spoilt in front of the call, with fences around the spans, and keeps what came out.</summary>
/// <param name="model">Any model.</param>
/// <param name="poison">What stands in its memory.</param>
/// <param name="what">What a failure says in front.</param>
internal sealed class EntryPoints<T>(IModel<T> model, Poison<T> poison, string what)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Seed = 23;

    private readonly ModelInfo _info = model.Info;
    private readonly IParallelPasses<T> _pieces = (IParallelPasses<T>)model;
    private readonly Fences<T> _fences = new();
    private readonly List<(string Name, T[] Values)> _results = [];
    private readonly ModelWorkspace<T> _workspace = model.CreateWorkspace();
    private int Most => 2 * _info.Batch + 3;

    /// <summary>Everything that was computed, in the same order for the same model.</summary>
    public IReadOnlyList<(string Name, T[] Values)> Run()
    {
        Random random = new(Seed);
        T[] inputs = PackedValues.Inputs<T>(_info, Most, random), upstream = PackedValues.Numbers<T>(Most * _info.OutputLength, random);
        int[] counts = [.. new[] { 1, (_info.Batch + 1) / 2, _info.Batch - 1, _info.Batch }.Where(r => r > 0).Distinct()];
        T[] X(int rows) => PackedValues.Turn(_info, _info.Inputs, PackedValues.FirstRows(_info.Inputs, inputs, rows), rows, back: false);
        T[] Upstream(int rows) => PackedValues.Turn(_info, _info.Outputs, PackedValues.FirstRows(_info.Outputs, upstream, rows), rows, back: false);

        T[] all = Predict(X(Most), Most);
        foreach (int rows in Enumerable.Range(1, _info.Batch + 1))
            AssertIsFirst(all, Predict(X(rows), rows), rows, "Predict");
        foreach (int rows in counts.Append(_info.Batch + 1))
            PredictInWorkspace(all, X(rows), rows);
        foreach (int rows in new[] { 1, _info.Batch }.Distinct())
        {
            Carry(X(rows), rows, random);
            Step(rows, random);
        }

        foreach (int rows in counts)
            Differentiate(X(rows), Upstream(rows), rows, null);
        Forward(X(_info.Batch), _info.Batch, null, isTraining: false);
        Differentiate(X(_info.Batch), Upstream(_info.Batch), _info.Batch, RandomState(_info.Batch, random));
        return _results;
    }

    private T[] Predict(T[] x, int rows)
    {
        poison.SpoilInference(model);
        Span<T> y = _fences.Output(rows * _info.OutputLength);
        model.Predict(_fences.Input(x), y);
        return Keep($"Predict of {rows} rows", y);
    }

    private void PredictInWorkspace(T[] all, T[] x, int rows)
    {
        if (TypedCalls<T>.Predict(model, rows) is not { } call)
            return;
        poison.SpoilForward(_workspace);
        Span<T> y = _fences.Output(rows * _info.OutputLength);
        call(_fences.Input(x), y, _workspace);
        AssertIsFirst(all, Keep($"Predict of {rows} rows in a workspace", y), rows, "Predict in a workspace");
    }

    private void Carry(T[] x, int rows, Random random)
    {
        ModelState<T> state = RandomState(rows, random);
        for (int call = 0; call < 2; call++)
        {
            poison.SpoilInference(model);
            poison.Spoil(state);
            Span<T> y = _fences.Output(rows * _info.OutputLength);
            model.Predict(_fences.Input(x), y, state);
            Keep($"Predict {call} of {rows} rows with a state", y);
            Keep(state);
        }
    }

    private void Step(int rows, Random random)
    {
        if (model is not IStreamingModel<T> streaming)
            return;
        ModelState<T> state = RandomState(rows, random);
        for (int step = 0; step < 5; step++)
        {
            T[] x = FirstSteps(PackedValues.Inputs<T>(_info, rows, random), rows);
            poison.Spoil(state);
            Span<T> y = _fences.Output(rows * _info.Outputs.Sum(o => o.Features));
            streaming.Step(_fences.Input(x), y, state);
            Keep($"step {step} of {rows} rows", y);
            Keep(state);
        }
    }

    private T[] FirstSteps(T[] inputs, int rows)
    {
        TensorInfo input = _info.Inputs[0];
        return [.. Enumerable.Range(0, rows).SelectMany(row => inputs.AsSpan(row * input.Length, input.Features).ToArray())];
    }

    /// <summary>At once and in pieces, with the inputs' gradient and without.</summary>
    private void Differentiate(T[] x, T[] upstream, int rows, ModelState<T>? state)
    {
        T[][] carried = [.. (state?.Names ?? []).Select(s => state!.GetValues(s))];
        void Restart()
        {
            for (int i = 0; i < carried.Length; i++)
                state!.SetValues(state.Names[i], carried[i]);
        }

        T[] y = Forward(x, rows, state, isTraining: true);
        T[] both = Backward(x, upstream, rows, withInputs: true);
        Restart();
        AssertSame(y, Forward(x, rows, state, isTraining: true), $"Forward of {rows} rows again");
        AssertSame(both[..^x.Length], Backward(x, upstream, rows, withInputs: false), $"gradients of {rows} rows without those of the inputs");
        Restart();
        (T[] pieces, T[] gradients) = Pieces(x, upstream, rows, state);
        AssertSame(y, pieces, $"outputs of {rows} rows in pieces");
        AssertSame(both, gradients, $"gradients of {rows} rows in pieces");
    }

    private T[] Forward(T[] x, int rows, ModelState<T>? state, bool isTraining)
    {
        Prepare(state);
        Span<T> y = _fences.Output(rows * _info.OutputLength);
        model.Forward(_fences.Input(x), y, state, _workspace, isTraining);
        T[] outputs = Keep($"Forward of {rows} rows, {(state is null ? "" : "from a state, ")}training: {isTraining}", y);
        Keep("which steps count", _workspace.OutputMask);
        Keep("logits", _workspace.Logits);
        if (state is not null)
            Keep(state);
        return outputs;
    }

    /// <returns>The gradients of the parameters and, behind them, those of the inputs.</returns>
    private T[] Backward(T[] x, T[] upstream, int rows, bool withInputs)
    {
        poison.SpoilGradients(_workspace);
        Span<T> dx = _fences.Output(withInputs ? x.Length : 0);
        model.Backward(_fences.Input(upstream), dx, _workspace);
        return Gradients(rows, dx);
    }

    private (T[] Outputs, T[] Gradients) Pieces(T[] x, T[] upstream, int rows, ModelState<T>? state)
    {
        Prepare(state);
        int range = _info.MixesRows ? _info.Batch : 16;
        void InRanges(Action<ModelWorkspace<T>, int, int> run)
        {
            for (int first = (_info.Batch - 1) / range * range; first >= 0; first -= range)
                run(_workspace, first, Math.Min(range, _info.Batch - first));
        }

        _pieces.BeginForward(_fences.Input(x), state, _workspace, training: true);
        InRanges(_pieces.ForwardRows);
        Span<T> y = _fences.Output(rows * _info.OutputLength);
        _pieces.EndForward(y, state, _workspace);
        T[] outputs = Keep("outputs in pieces", y);

        poison.SpoilGradients(_workspace);
        _pieces.BeginBackward(_fences.Input(upstream), _workspace, inputGradient: true);
        InRanges(_pieces.BackwardRows);
        for (int part = 2; part >= 0; part--)
            _pieces.ParameterGradients(_workspace, part, 3);
        Span<T> dx = _fences.Output(x.Length);
        _pieces.EndBackward(dx, _workspace);
        T[] gradients = Gradients(rows, dx), parameters = model.Parameters.ToArray();
        model.UpdateStatistics(_workspace, parameters);
        Keep("moving statistics", parameters);
        return (outputs, gradients);
    }

    private void Prepare(ModelState<T>? state)
    {
        // The same masks each time.
        _workspace.Seed = Seed;
        _workspace.TrainingCalls = 4;
        poison.SpoilForward(_workspace);
        if (state is not null)
            poison.Spoil(state);
    }

    private T[] Gradients(int rows, ReadOnlySpan<T> dx) => Keep($"gradients of {rows} rows", [.. _workspace.Gradients, .. dx]);

    private ModelState<T> RandomState(int rows, Random random)
    {
        ModelState<T> state = model.CreateState(rows);
        foreach (StateSlot slot in state.Slots())
            state.SetValues(slot.Name, PackedValues.Numbers<T>(rows * slot.Length, random));
        return state;
    }

    private void Keep(ModelState<T> state)
    {
        foreach (string name in state.Names)
            Keep("state " + name, state.GetValues(name));
    }

    private T[] Keep(string name, ReadOnlySpan<T> values)
    {
        _fences.Check($"{what}{poison}: {name}");
        T[] copy = values.ToArray();
        _results.Add((name, copy));
        return copy;
    }

    private void AssertIsFirst(T[] all, T[] some, int rows, string name) => AssertSame(
        PackedValues.FirstRows(_info.Outputs, PackedValues.Turn(_info, _info.Outputs, all, Most, back: true), rows), PackedValues.Turn(_info, _info.Outputs, some, rows, back: true),
        $"{name}, {rows} rows of {Most}");

    private void AssertSame(T[] expected, T[] found, string name) => SameBits.Assert<T>(expected, found, $"{what}{poison}: {name}");
}
