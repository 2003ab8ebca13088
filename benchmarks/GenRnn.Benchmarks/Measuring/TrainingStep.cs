using System;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>A training step by hand, through the public API, as a user would write it who needs no <c>Fit</c>. Nothing is allocated after construction.</summary>
internal sealed class TrainingStep
{
    private readonly IModel<float> _model;
    private readonly Loss _loss = GenRnn.Loss.MeanSquaredError;
    private readonly ModelWorkspace<float> _workspace;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly float[] _outputs;
    private readonly float[] _outputGradients;
    private readonly float[] _scratch;
    private readonly int _positions;
    private readonly (OptimizerState<float> Optimizer, ModelWorkspace<float> Workspace) _update;

    public TrainingStep(IModel<float> model, Optimizer optimizer, float[] inputs, float[] targets, int rows)
    {
        _model = model;
        _workspace = model.CreateWorkspace();
        _inputs = inputs;
        _targets = targets;
        _outputs = new float[targets.Length];
        _outputGradients = new float[targets.Length];
        _scratch = new float[targets.Length + PredictionBatch<float>.ScratchPadding];
        _positions = rows * Math.Max(1, model.Info.Outputs[0].TimeSteps);
        _update = (optimizer.CreateState<float>(model.Info), _workspace);
        // Each part may be timed on its own.
        Run();
    }

    public void Run()
    {
        Forward();
        Loss();
        Backward();
        Update();
    }

    public void Forward() => _model.Forward(_inputs, _outputs, null, _workspace, training: true);

    public double Loss() =>
        _loss.Evaluate(new PredictionBatch<float>(_targets, _outputs, _positions, default, _scratch), _outputGradients);

    public void Passes()
    {
        Forward();
        Backward();
    }

    public void Update() =>
        _model.UpdateParameters(_update, static (parameters, update) => update.Optimizer.Apply(update.Workspace.Gradients, parameters));

    public void Repack() => _model.UpdateParameters(0, static (_, _) => { });

    public ReadOnlySpan<float> Gradients => _workspace.Gradients;

    private void Backward() => _model.Backward(_outputGradients, default, _workspace);
}
