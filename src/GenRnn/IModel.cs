using System;
using System.Buffers;
using System.IO;
using System.Numerics;

namespace GenRnn;

/// <summary>
/// A recurrent network: its weights, inference, and the passes of training. Implemented by the source generator on every model class; a model that is written by
/// hand implements it to be trained by <c>Fit</c>. One that runs step by step is an <see cref="IStreamingModel{T}"/> too.
/// </summary>
/// <typeparam name="T">The element type of the model: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A model with several inputs or outputs takes one packed buffer: item after item, each rows x its length per row. The lengths of an input's
/// rows are an item behind it, one number a row.
/// Members are called a few times per batch; nothing virtual runs inside a time step.
/// <para>An input may lie under an output: the result is that of distinct spans. Outputs that share memory with each other, with the state or with the
/// workspace of the call are refused. So is a workspace or state that another call uses, where that is found out.</para>
/// <para>A generated model checks each call: an <see cref="ArgumentException"/> for a span that does not fit, or memory that another
/// model made; an <see cref="InvalidOperationException"/> for a pass whose turn it is not. What throws has changed nothing.</para>
/// </remarks>
public interface IModel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Layers, shapes, weight names and sizes.</summary>
    ModelInfo Info { get; }

    /// <summary>All parameters, dense, in Keras' order and layout; <see cref="ModelInfo.ParameterCount"/> long.</summary>
    ReadOnlySpan<T> Parameters { get; }

    /// <summary>Lets <paramref name="update"/> write the parameters, then repacks what was derived from them.</summary>
    void UpdateParameters<TArg>(TArg arg, SpanAction<T, TArg> update);

    /// <summary>What the training data were scaled by: set by <c>Fit</c>, written by <c>Save</c>, read by <c>Load</c>. Null if nobody said. A model that is written by hand and does not implement it keeps none.</summary>
    Scaling? Scaling
    {
        get => null;
        set
        {
        }
    }

    /// <summary>The weights as Keras' <c>get_weights()</c> gives them: one array a variable.</summary>
    T[][] GetWeights();

    /// <summary>Replaces all weights. Throws <see cref="ArgumentException"/>, changing nothing, if a count or a length does not match.</summary>
    void SetWeights(ReadOnlySpan<T[]> weights);

    /// <summary>Writes the weights as a safetensors file, all or nothing. An older file keeps its permissions, a symbolic link stays one.</summary>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist.</exception>
    void Save(string path) => WeightFile.Save(path, Info, Parameters, Scaling);

    /// <summary>Writes the weights as a safetensors file to a stream, from its position on.</summary>
    void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WeightWriter.Write(stream, Info, Parameters, Scaling);
    }

    /// <summary>Replaces all weights by those of a safetensors file. A generated model swaps them between calls: one that runs meanwhile ends with the
    /// weights it began with, and spans of <see cref="Parameters"/> taken before keep the old ones.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another model, or no regular file; nothing was changed.</exception>
    void LoadFrom(string path)
    {
        var parameters = new T[Info.ParameterCount];
        Scaling? scaling = WeightFile.Load<T>(path, Info, parameters);
        UpdateParameters(parameters, static (span, values) => values.CopyTo(span));
        Scaling = scaling;
    }

    /// <summary>As <see cref="LoadFrom(string)"/>, from a stream's position on. What follows the weights is left unread.</summary>
    void LoadFrom(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var parameters = new T[Info.ParameterCount];
        Scaling? scaling = WeightReader.Read<T, StreamSource>(new StreamSource(stream, mayGoOn: true), Info, parameters);
        UpdateParameters(parameters, static (span, values) => values.CopyTo(span));
        Scaling = scaling;
    }

    /// <summary>As <see cref="LoadFrom(string)"/>, from a file in memory.</summary>
    void LoadFrom(ReadOnlySpan<byte> file)
    {
        var parameters = new T[Info.ParameterCount];
        Scaling? scaling = WeightReader.Read<T, SpanSource>(new SpanSource(file), Info, parameters);
        UpdateParameters(parameters, static (span, values) => values.CopyTo(span));
        Scaling = scaling;
    }

    /// <summary>Memory for one training pass at a time: arena and gradients.</summary>
    ModelWorkspace<T> CreateWorkspace();

    /// <summary>What is carried from step to step, zero at first. <paramref name="rows"/> is 1 or the model's batch.</summary>
    ModelState<T> CreateState(int rows);

    /// <summary>Inference on any number of rows from 1. Thread-safe.</summary>
    void Predict(ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>Inference that starts from <paramref name="state"/> and leaves the final states in it.</summary>
    void Predict(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T> state);

    /// <summary>Forward pass that keeps what <see cref="Backward"/> needs; 1 to batch rows. A null state means zeros.</summary>
    void Forward(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T>? state, ModelWorkspace<T> workspace, bool training);

    /// <summary>Differentiates the workspace's last forward pass, once: it overwrites what that kept. Leaves sums over rows in the workspace's gradients.
    /// An empty <paramref name="inputGradients"/> skips the gradient of the inputs. Penalties on what layers give (<see cref="ModelWorkspace{T}.ActivityPenalty"/>) are part of what is differentiated;
    /// penalties on weights are not.</summary>
    /// <exception cref="InvalidOperationException">There is no forward pass, or it has been differentiated already.</exception>
    void Backward(ReadOnlySpan<T> outputGradients, Span<T> inputGradients, ModelWorkspace<T> workspace);

    /// <summary>Moves moving statistics (of a <c>BatchNormalization</c>) towards those of the workspace's last forward pass, which was one of training. Part of a
    /// training step, together with the optimiser's update, inside <see cref="UpdateParameters"/>. Does nothing in a model without any.</summary>
    /// <param name="workspace">Where the pass ran.</param>
    /// <param name="parameters">The parameters that are being updated.</param>
    void UpdateStatistics(ModelWorkspace<T> workspace, Span<T> parameters)
    {
    }
}

/// <summary>The static side of a model: what the type itself can do.</summary>
/// <typeparam name="TSelf">The model class.</typeparam>
/// <typeparam name="T">Its element type.</typeparam>
public interface IModel<TSelf, T> : IModel<T>
    where TSelf : IModel<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A new model with the weights of a safetensors file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of another model, or no regular file.</exception>
    static abstract TSelf Load(string path);

    /// <summary>A new model with the weights of a safetensors file, read from a stream's position on. What follows them is left unread.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model.</exception>
    static abstract TSelf Load(Stream stream);

    /// <summary>A new model with the weights of a safetensors file in memory.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model.</exception>
    static abstract TSelf Load(ReadOnlySpan<byte> file);
}
