using System;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>Runs the passes of a model over one batch, on one thread or on several; the bits are the same.</summary>
internal sealed class ModelPasses<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IModel<T> _model;
    private readonly IParallelPasses<T>? _pieces;
    private readonly int _seed;
    private readonly int _compiledRows;
    private readonly bool _hasOutputMask;
    private readonly bool _hasPenalty;
    private readonly bool _hasLogits;
    private readonly bool _splitsRows;
    private readonly WorkerTeam? _team;
    private readonly Action<int> _forwardRows;
    private readonly Action<int> _backwardRows;
    private readonly Action<int> _parameterGradients;
    private ModelWorkspace<T>? _workspace;

    public ModelPasses(IModel<T> model, ModelState<T>? state, int threads, int seed)
    {
        _model = model;
        _seed = seed;
        State = state;
        _compiledRows = model.Info.Batch;
        _hasOutputMask = model.Info.HasOutputMask;
        _hasPenalty = model.Info.HasActivityPenalty;
        _hasLogits = model.Info.Outputs[0].Activation != Activation.Linear;
        // Made once: a method group that is converted at each call would allocate each time.
        _forwardRows = ForwardRows;
        _backwardRows = BackwardRows;
        _parameterGradients = ParameterGradients;
        _splitsRows = !model.Info.MixesRows;
        if (threads > 1 && model is IParallelPasses<T> pieces)
        {
            _pieces = pieces;
            _team = new WorkerTeam(threads);
        }
    }

    /// <summary>What is carried from batch to batch; null if every batch starts from zeros.</summary>
    public ModelState<T>? State { get; }

    /// <summary>The gradients of the last <see cref="Backward"/>.</summary>
    public Span<T> Gradients => Workspace.Gradients;

    /// <summary>The weights.</summary>
    public ReadOnlySpan<T> Parameters => _model.Parameters;

    /// <summary>Which positions of the first output count after the last pass; empty if all do.</summary>
    public ReadOnlySpan<T> OutputMask => _hasOutputMask ? Workspace.OutputMask : default;

    /// <summary>What penalties on what layers give add to the loss of the last pass.</summary>
    public double ActivityPenalty => _hasPenalty ? Workspace.ActivityPenalty : 0;

    /// <summary>What is behind the first output after the last pass; empty if that is not known.</summary>
    public ReadOnlySpan<T> Logits => _hasLogits ? Workspace.Logits : default;

    /// <summary>Where the gradient of <see cref="Logits"/> goes; zeros after a pass.</summary>
    public Span<T> LogitsGradient => Workspace.LogitsGradient;

    /// <summary>See <see cref="ModelWorkspace{T}.TrainingCalls"/>.</summary>
    public long TrainingCalls
    {
        get => _workspace?.TrainingCalls ?? 0;
        set => Workspace.TrainingCalls = value;
    }

    // Inference on one thread does without, unless a loss asks for more than the outputs: what is masked, penalties, logits.
    private ModelWorkspace<T> Workspace => _workspace ??= CreateWorkspace();

    public void Forward(BatchBuffers<T> batch)
    {
        if (_team is null)
            _model.Forward(batch.Inputs, batch.Outputs, State, Workspace, training: true);
        else
            ForwardOnTeam(_team, _pieces!, batch, training: true);
    }

    public void Infer(BatchBuffers<T> batch)
    {
        if (_team is not null)
            ForwardOnTeam(_team, _pieces!, batch, training: false);
        else if (_hasOutputMask || _hasPenalty || _hasLogits)
            _model.Forward(batch.Inputs, batch.Outputs, State, Workspace, training: false);
        else if (State is null)
            _model.Predict(batch.Inputs, batch.Outputs);
        else
            _model.Predict(batch.Inputs, batch.Outputs, State);
    }

    public void Backward(BatchBuffers<T> batch)
    {
        if (_team is null)
            _model.Backward(batch.OutputGradients, default, Workspace);
        else
            BackwardOnTeam(_team, _pieces!, batch);
    }

    /// <summary>Moves the model's moving statistics towards those of the last batch.</summary>
    public void UpdateStatistics(Span<T> parameters) => _model.UpdateStatistics(Workspace, parameters);

    public void Dispose() => _team?.Dispose();

    private ModelWorkspace<T> CreateWorkspace()
    {
        ModelWorkspace<T> workspace = _model.CreateWorkspace();
        workspace.Seed = _seed;
        return workspace;
    }

    private void ForwardOnTeam(WorkerTeam team, IParallelPasses<T> pieces, BatchBuffers<T> batch, bool training)
    {
        pieces.BeginForward(batch.Inputs, State, Workspace, training);
        if (_splitsRows)
            team.Run(_forwardRows);
        else
            pieces.ForwardRows(Workspace, 0, _compiledRows);
        pieces.EndForward(batch.Outputs, State, Workspace);
    }

    private void BackwardOnTeam(WorkerTeam team, IParallelPasses<T> pieces, BatchBuffers<T> batch)
    {
        pieces.BeginBackward(batch.OutputGradients, Workspace, inputGradient: false);
        if (_splitsRows)
            team.Run(_backwardRows);
        else
            pieces.BackwardRows(Workspace, 0, _compiledRows);
        team.Run(_parameterGradients);
        pieces.EndBackward(default, Workspace);
    }

    private void ForwardRows(int member)
    {
        (int first, int count) = RowsOf(member);
        if (count > 0)
            _pieces!.ForwardRows(Workspace, first, count);
    }

    private void BackwardRows(int member)
    {
        (int first, int count) = RowsOf(member);
        if (count > 0)
            _pieces!.BackwardRows(Workspace, first, count);
    }

    private void ParameterGradients(int member) => _pieces!.ParameterGradients(Workspace, member, _team!.Members);

    // Blocks with rows of the call; the model pads the last one as far as it must.
    private (int First, int Count) RowsOf(int member)
    {
        int members = _team!.Members;
        int blocks = (Workspace.Rows + PassProgress.RowBlock - 1) / PassProgress.RowBlock;
        int first = Math.Min(WorkSplit.Start(blocks, member, members) * PassProgress.RowBlock, _compiledRows);
        int end = Math.Min(WorkSplit.Start(blocks, member + 1, members) * PassProgress.RowBlock, _compiledRows);
        return (first, end - first);
    }
}
