using System;
using System.Collections.Generic;
using System.Numerics;

namespace GenRnn;

/// <summary>Goes once through a data set in order, in inference mode, and keeps the outputs.</summary>
internal sealed class PredictionPass<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly BatchBuffers<T> _batch;
    private readonly ModelPasses<T> _passes;

    public PredictionPass(IModel<T> model)
    {
        _info = model.Info;
        // The loss says how long targets are; there are none.
        _batch = new BatchBuffers<T>(_info, Loss.MeanSquaredError, _info.Batch);
        _passes = new ModelPasses<T>(model, _info.IsStateful ? model.CreateState(_info.Batch) : null, threads: 1, seed: 0);
    }

    /// <summary>The outputs, row after row.</summary>
    public T[][] Run(BatchFeed<T> feed)
    {
        var outputs = new List<T>[_info.Outputs.Count];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = [];
        feed.Begin(shuffles: false, epoch: 0, batch: 0);
        while (feed.Next(out BoundDataSet<T> data, out ReadOnlySpan<int> rows))
        {
            _batch.Gather(data, rows);
            data.Restart(_passes.State, rows);
            _passes.Infer(_batch);
            for (int i = 0; i < outputs.Length; i++)
                AddOutput(i, rows.Length, outputs[i]);
        }

        return Array.ConvertAll(outputs, values => values.ToArray());
    }

    public void Dispose() => _passes.Dispose();

    private void AddOutput(int output, int rows, List<T> destination)
    {
        TensorInfo tensor = _info.Outputs[output];
        ReadOnlySpan<T> values = _batch.OutputOf(output);
        if (_info.Layout != DataLayout.TimeMajor || tensor.TimeSteps == 0)
        {
            destination.AddRange(values);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int t = 0; t < tensor.TimeSteps; t++)
                destination.AddRange(values.Slice((t * rows + row) * tensor.Features, tensor.Features));
        }
    }
}
