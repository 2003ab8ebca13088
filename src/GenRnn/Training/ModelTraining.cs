using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>Training and evaluation of compiled models.</summary>
public static class ModelTraining
{
    /// <summary>Trains a model: Keras' <c>fit</c>. Equal models, data and options give equal bits on any machine.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model; its parameters change.</param>
    /// <param name="data">The rows to train on.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellationToken">Checked before each batch, those of validation too: the weights are then as the last update made them.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Options or data do not fit the model; nothing was changed.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static History Fit<T>(this IModel<T> model, DataSet<T> data, FitOptions options, CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var trainer = new Trainer<T>(model, options);
        return trainer.Fit(data, cancellationToken);
    }

    /// <summary>As the other, on rows that are read while the model trains: see <see cref="StreamedDataSet{T}"/>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model; its parameters change.</param>
    /// <param name="data">The rows to train on.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellationToken">Checked before each batch, those of validation too: the weights are then as the last update made them.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Options do not fit the model or a stream, or a row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static History Fit<T>(this IModel<T> model, StreamedDataSet<T> data, FitOptions options, CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var trainer = new Trainer<T>(model, options);
        return trainer.Fit(data, cancellationToken);
    }

    /// <summary>Measures a model on data: Keras' <c>evaluate</c>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model. A stateful one carries a state of its own, zero at first, from batch to batch.</param>
    /// <param name="data">The rows, in order.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What to report beside the loss.</param>
    /// <returns>Loss and metrics by name.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    public static Logs Evaluate<T>(this IModel<T> model, DataSet<T> data, Loss loss, params Metric[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T> => Evaluate(model, data, loss, metrics, default);

    /// <summary>Measures a model on data: Keras' <c>evaluate</c>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model. A stateful one carries a state of its own, zero at first, from batch to batch.</param>
    /// <param name="data">The rows, in order.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What to report beside the loss; empty for nothing.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <returns>Loss and metrics by name.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static Logs Evaluate<T>(this IModel<T> model, DataSet<T> data, Loss loss, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);

        ModelInfo info = model.Info;
        CheckOutputs(info, loss, metrics);
        BoundDataSet<T> rows = data.Bind(info, loss, nameof(data));
        TrainingChecks.FullBatches(info, rows, nameof(data));
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        return Evaluate(model, new MemoryFeed<T>(rows, info.Batch), loss, metrics, cancellationToken);
    }

    /// <summary>As the other, on rows that are read meanwhile.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, in order.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What to report beside the loss.</param>
    /// <returns>Loss and metrics by name.</returns>
    /// <exception cref="ArgumentException">A row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    public static Logs Evaluate<T>(this IModel<T> model, StreamedDataSet<T> data, Loss loss, params Metric[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T> => Evaluate(model, data, loss, metrics, default);

    /// <summary>As the other, on rows that are read meanwhile.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, in order.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">What to report beside the loss; empty for nothing.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <returns>Loss and metrics by name.</returns>
    /// <exception cref="ArgumentException">A row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static Logs Evaluate<T>(this IModel<T> model, StreamedDataSet<T> data, Loss loss, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        ModelInfo info = model.Info;
        CheckOutputs(info, loss, metrics);
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        return Evaluate(model, new StreamFeed<T>(data, info, loss, info.Batch), loss, metrics, cancellationToken);
    }

    /// <summary>What a model makes of data: Keras' <c>predict</c>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model. A stateful one carries a state of its own, zero at first, from batch to batch.</param>
    /// <param name="data">The rows, in order; it needs no targets.</param>
    /// <returns>The first output, row after row: [row][time][feature], or [row][feature].</returns>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    public static T[] Predict<T>(this IModel<T> model, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => PredictAll(model, data)[0];

    /// <summary>As <see cref="Predict{T}(IModel{T}, DataSet{T})"/>, all outputs.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model. A stateful one carries a state of its own, zero at first, from batch to batch.</param>
    /// <param name="data">The rows, in order; it needs no targets.</param>
    /// <returns>An array for each output, row after row.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    public static T[][] PredictAll<T>(this IModel<T> model, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        BoundDataSet<T> rows = data.BindInputs(model.Info, nameof(data));
        TrainingChecks.FullBatches(model.Info, rows, nameof(data));
        Scaling.CheckSame(model.Info.Name, model.Scaling, data.Scaling, nameof(data));
        using var feed = new MemoryFeed<T>(rows, model.Info.Batch);
        using var pass = new PredictionPass<T>(model);
        return pass.Run(feed);
    }

    /// <summary>As the other, on rows that are read meanwhile. What is predicted is kept in memory.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, in order; it needs no targets.</param>
    /// <returns>The first output, row after row.</returns>
    /// <exception cref="ArgumentException">A row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    public static T[] Predict<T>(this IModel<T> model, StreamedDataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => PredictAll(model, data)[0];

    /// <summary>As <see cref="Predict{T}(IModel{T}, StreamedDataSet{T})"/>, all outputs.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, in order; it needs no targets.</param>
    /// <returns>An array for each output, row after row.</returns>
    /// <exception cref="ArgumentException">A row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    public static T[][] PredictAll<T>(this IModel<T> model, StreamedDataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ModelInfo info = model.Info;
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        using var feed = new StreamFeed<T>(data, info, loss: null, info.Batch);
        using var pass = new PredictionPass<T>(model);
        return pass.Run(feed);
    }

    /// <summary>Inference on rows in memory, for scripts: Keras' <c>predict</c>. A program that predicts often hands over a span of its own for the outputs, which allocates nothing.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Rows in the model's layout; several inputs are packed item after item, each rows x its length.</param>
    /// <returns>The first output of all rows, in the model's layout.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static T[] Predict<T>(this IModel<T> model, ReadOnlySpan<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T> => PredictAll(model, inputs)[0];

    /// <summary>As <see cref="Predict{T}(IModel{T}, ReadOnlySpan{T})"/>, all outputs.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Rows in the model's layout; several inputs are packed item after item, each rows x its length.</param>
    /// <returns>An array for each output.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static T[][] PredictAll<T>(this IModel<T> model, ReadOnlySpan<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelInfo info = model.Info;
        int lengths = 0;
        foreach (TensorInfo input in info.Inputs)
            lengths += input.IsLengths ? 1 : 0;
        int rows = lengths == 0 ? Check.Rows(inputs.Length, info.InputLength, nameof(inputs)) : Check.PackedRows(inputs.Length, info.InputLength, lengths, nameof(inputs));
        long length = (long)rows * info.OutputLength;
        if (length > Array.MaxLength)
            throw new ArgumentException(FormattableString.Invariant($"Found {rows} rows, whose outputs are {length} values; an array holds at most {Array.MaxLength}. Predict them in parts."), nameof(inputs));
        var packed = new T[length];
        model.Predict(inputs, packed);
        if (info.Outputs.Count == 1)
            return [packed];
        var outputs = new T[info.Outputs.Count][];
        int start = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = packed.AsSpan(start, rows * info.Outputs[i].Length).ToArray();
            start += outputs[i].Length;
        }

        return outputs;
    }

    private static void CheckOutputs(ModelInfo info, Loss loss, IReadOnlyList<Metric> metrics)
    {
        loss.CheckOutputs(info);
        foreach (Metric metric in metrics)
            metric.CheckOutputs(info);
    }

    private static Logs Evaluate<T>(IModel<T> model, BatchFeed<T> feed, Loss loss, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        using var runner = new BatchRunner<T>(model, info, loss, null, info.Batch, threads: 1, seed: 0);
        using var evaluation = new EvaluationPass<T>(runner, feed, new Meters<T>(info, loss, metrics, [], feed.Shape));
        evaluation.Run(cancellationToken);
        return new Logs(evaluation.Meters.Results());
    }
}
