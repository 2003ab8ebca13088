using System;
using System.Buffers;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>One pass of a training step.</summary>
internal sealed record TrainedBatch<T>(T[] Parameters, T[] Inputs, ModelState<T>? State, int Seed, long Calls)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T[] Upstream { get; set; } = [];
}

/// <summary>A model whose memory is spoilt in front of every pass, for a trainer: it makes workspace and state itself. What the trainer asks of it is kept.</summary>
internal sealed class SpoiltModel<T>(IModel<T> model, Poison<T> poison) : IModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public List<TrainedBatch<T>> Batches { get; } = [];

    public ReadOnlySpan<T> Parameters => model.Parameters;

    public ModelInfo Info => model.Info;

    public void UpdateParameters<TArg>(TArg arg, SpanAction<T, TArg> update) => model.UpdateParameters(arg, update);

    public T[][] GetWeights() => model.GetWeights();

    public void SetWeights(ReadOnlySpan<T[]> weights) => model.SetWeights(weights);

    public ModelWorkspace<T> CreateWorkspace() => model.CreateWorkspace();

    public ModelState<T> CreateState(int rows) => model.CreateState(rows);

    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        poison.SpoilInference(model);
        model.Predict(inputs, outputs);
    }

    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T> state)
    {
        poison.SpoilInference(model);
        poison.Spoil(state);
        model.Predict(inputs, outputs, state);
    }

    public void Forward(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T>? state, ModelWorkspace<T> workspace, bool training)
    {
        Begin(inputs, state, workspace);
        model.Forward(inputs, outputs, state, workspace, training);
    }

    public void Backward(ReadOnlySpan<T> outputGradients, Span<T> inputGradients, ModelWorkspace<T> workspace)
    {
        Batches[^1].Upstream = outputGradients.ToArray();
        poison.SpoilGradients(workspace);
        model.Backward(outputGradients, inputGradients, workspace);
    }

    public void UpdateStatistics(ModelWorkspace<T> workspace, Span<T> parameters) => model.UpdateStatistics(workspace, parameters);

    private void Begin(ReadOnlySpan<T> inputs, ModelState<T>? state, ModelWorkspace<T> workspace)
    {
        ModelState<T>? before = null;
        if (state is not null)
        {
            before = model.CreateState(state.Rows);
            state.CopyTo(before);
            poison.Spoil(state);
        }

        Batches.Add(new TrainedBatch<T>(model.Parameters.ToArray(), inputs.ToArray(), before, workspace.Seed, workspace.TrainingCalls));
        poison.SpoilForward(workspace);
    }
}
