using System;
using System.Numerics;

namespace GenRnn;

/// <summary>Training and evaluation of compiled models.</summary>
public static class ModelTraining
{
    /// <summary>Trains a model: Keras' <c>fit</c>. Equal models, data and options give equal bits on any machine.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model; its parameters change.</param>
    /// <param name="data">The rows to train on.</param>
    /// <param name="options">How to train.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Options or data do not fit the model; nothing was changed.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static History Fit<T>(this IModel<T> model, DataSet<T> data, FitOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var trainer = new Trainer<T>(model, options);
        return trainer.Fit(data);
    }

    /// <summary>As the other, on rows that are read while the model trains: see <see cref="StreamedDataSet{T}"/>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model; its parameters change.</param>
    /// <param name="data">The rows to train on.</param>
    /// <param name="options">How to train.</param>
    /// <returns>Loss and metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Options do not fit the model or a stream, or a row does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The source gave no row.</exception>
    /// <exception cref="NonFiniteException">The loss, a gradient or a weight is infinite or not a number: see <see cref="FitOptions.OnNonFinite"/>.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static History Fit<T>(this IModel<T> model, StreamedDataSet<T> data, FitOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var trainer = new Trainer<T>(model, options);
        return trainer.Fit(data);
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
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);

        ModelInfo info = model.GetInfo();
        CheckOutputs(info, loss, metrics);
        BoundDataSet<T> rows = data.Bind(info, loss, nameof(data));
        TrainingChecks.FullBatches(info, rows, nameof(data));
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        return Evaluate(model, new MemoryFeed<T>(rows, info.Batch), loss, metrics);
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
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        ModelInfo info = model.GetInfo();
        CheckOutputs(info, loss, metrics);
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        return Evaluate(model, new StreamFeed<T>(data, info, loss, info.Batch), loss, metrics);
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
        BoundDataSet<T> rows = data.BindInputs(model.GetInfo(), nameof(data));
        TrainingChecks.FullBatches(model.GetInfo(), rows, nameof(data));
        Scaling.CheckSame(model.GetInfo().Name, model.Scaling, data.Scaling, nameof(data));
        using var feed = new MemoryFeed<T>(rows, model.GetInfo().Batch);
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
        ModelInfo info = model.GetInfo();
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        using var feed = new StreamFeed<T>(data, info, loss: null, info.Batch);
        using var pass = new PredictionPass<T>(model);
        return pass.Run(feed);
    }

    private static void CheckOutputs(ModelInfo info, Loss loss, Metric[] metrics)
    {
        loss.CheckOutputs(info);
        foreach (Metric metric in metrics)
            metric.CheckOutputs(info);
    }

    private static Logs Evaluate<T>(IModel<T> model, BatchFeed<T> feed, Loss loss, Metric[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.GetInfo();
        using var runner = new BatchRunner<T>(model, info, loss, null, info.Batch, threads: 1, seed: 0);
        using var evaluation = new EvaluationPass<T>(runner, feed, new Meters<T>(info, loss, metrics, [], feed.Shape));
        evaluation.Run(default);
        return new Logs(evaluation.Meters.Results());
    }
}
