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
        BoundDataSet<T> rows = data.Bind(info, loss, nameof(data));
        TrainingChecks.FullBatches(info, rows, nameof(data));
        Scaling.CheckSame(info.Name, model.Scaling, data.Scaling, nameof(data));
        using var runner = new BatchRunner<T>(model, loss, info.Batch, threads: 1, seed: 0);
        var evaluation = new EvaluationPass<T>(runner, rows, new Meters<T>(info, metrics, [], rows), info.Batch);
        evaluation.Run(default);
        return new Logs(evaluation.Meters.Results());
    }

    /// <summary>What a model makes of data: Keras' <c>predict</c>.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model. A stateful one carries a state of its own, zero at first, from batch to batch.</param>
    /// <param name="data">The rows, in order; it needs no targets.</param>
    /// <returns>The first output, row after row: [row][time][feature], or [row][feature].</returns>
    /// <exception cref="ArgumentException">The data do not fit the model.</exception>
    public static T[] Predict<T>(this IModel<T> model, DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => PredictAll(model, data)[0];

    /// <summary>As <see cref="Predict"/>, all outputs.</summary>
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
        using var pass = new PredictionPass<T>(model);
        return pass.Run(rows);
    }
}
