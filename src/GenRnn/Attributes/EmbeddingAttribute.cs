using System;

namespace GenRnn;

/// <summary>
/// A table of vectors, Keras' <c>Embedding</c>: <c>y[t] = E[id[t]]</c>. Stands behind an <c>[Input]</c> without <see cref="InputAttribute.Features"/>.
/// </summary>
/// <remarks>
/// Takes ids <c>[rows, T]</c> (or one a row, <c>[rows]</c>), gives <c>[rows, T, outputDim]</c>. Ids travel as numbers of the model and are truncated, as in Keras;
/// one outside of 0 to inputDim - 1, or NaN, is an exception that names its row and step, before anything changes.
/// Variable: embeddings <c>[inputDim, outputDim]</c>. The gradient of the inputs is zero.
/// </remarks>
/// <example><code>
/// [Input(TimeSteps = 30)]
/// [Embedding(5000, 32, MaskZero = true)]
/// [Lstm(64)]
/// [Dense(1, Activation = Activation.Sigmoid)]
/// public partial class Sentiment;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class EmbeddingAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="inputDim">Number of ids: 1 to 2^24.</param>
    /// <param name="outputDim">Width of a vector, at least 1.</param>
    public EmbeddingAttribute(int inputDim, int outputDim)
    {
        InputDim = inputDim;
        OutputDim = outputDim;
    }

    /// <summary>Number of ids.</summary>
    public int InputDim { get; }

    /// <summary>Width of a vector.</summary>
    public int OutputDim { get; }

    /// <summary>Whether id 0 stands for no step at all: it is masked, as by <see cref="MaskingAttribute"/>; false unless set.</summary>
    public bool MaskZero { get; set; }

    /// <summary>How the table starts; <see cref="Initializer.RandomUniform"/> (-0.05 to 0.05) unless set.</summary>
    public Initializer EmbeddingsInitializer { get; set; } = Initializer.RandomUniform;

    /// <summary>Whether the optimiser updates the layer's weights; true unless set. If not, their gradients are not computed at all, and penalties and constraints leave them alone.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>embedding</c>, <c>embedding_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
