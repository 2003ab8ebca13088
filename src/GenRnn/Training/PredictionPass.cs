using System;
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
        _info = model.GetInfo();
        // The loss says how long targets are; there are none.
        _batch = new BatchBuffers<T>(_info, Loss.MeanSquaredError, _info.Batch);
        _passes = new ModelPasses<T>(model, _info.IsStateful ? model.CreateState(_info.Batch) : null, threads: 1, seed: 0);
    }

    /// <summary>The outputs, row after row.</summary>
    public T[][] Run(BoundDataSet<T> data)
    {
        var outputs = new T[_info.Outputs.Count][];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = new T[checked(data.Rows * _info.Outputs[i].Length)];

        var order = new RowOrder(data.First, data.Rows);
        for (int start = 0; start < data.Rows; start += _info.Batch)
        {
            ReadOnlySpan<int> rows = order.Slice(start, Math.Min(_info.Batch, data.Rows - start));
            _batch.Gather(data, rows);
            data.Restart(_passes.State, rows);
            _passes.Infer(_batch);
            for (int i = 0; i < outputs.Length; i++)
                CopyOutput(i, start, rows.Length, outputs[i]);
        }

        return outputs;
    }

    public void Dispose() => _passes.Dispose();

    private void CopyOutput(int output, int start, int rows, Span<T> destination)
    {
        TensorInfo tensor = _info.Outputs[output];
        ReadOnlySpan<T> values = _batch.OutputOf(output);
        destination = destination.Slice(start * tensor.Length, values.Length);
        if (_info.Layout != DataLayout.TimeMajor || tensor.TimeSteps == 0)
        {
            values.CopyTo(destination);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int t = 0; t < tensor.TimeSteps; t++)
                values.Slice((t * rows + row) * tensor.Features, tensor.Features).CopyTo(destination[((row * tensor.TimeSteps + t) * tensor.Features)..]);
        }
    }
}
