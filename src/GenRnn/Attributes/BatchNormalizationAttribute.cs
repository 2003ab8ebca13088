using System;

namespace GenRnn;

/// <summary>
/// Normalisation over the batch, Keras' <c>BatchNormalization</c>: <c>y = gamma (x - mean) / sqrt(variance + epsilon) + beta</c>, feature by feature.
/// </summary>
/// <remarks>
/// Takes a vector <c>[rows, F]</c> or a sequence <c>[rows, T, F]</c> and keeps its shape. In training mean and variance (the population's) are those of all rows
/// and steps of the batch that are not masked, padding left out, and the gradient flows through them. Inference takes the moving ones, which after each training
/// step are <c>momentum moving + (1 - momentum) batch</c>: <c>Fit</c> does it; a training loop of one's own calls <c>UpdateStatistics</c> with the update.
/// Rows of a training batch depend on each other, so threads do not split them (<see cref="ModelInfo.MixesRows"/>).
/// Variables: gamma, beta, moving_mean, moving_variance, each <c>[F]</c>; the last two are not trained.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class BatchNormalizationAttribute : Attribute
{
    /// <summary>How much of the moving statistics stays at a step, 0 to 1; 0.99 unless set.</summary>
    public double Momentum { get; set; } = 0.99;

    /// <summary>Added to the variance before the square root; positive, 1e-3 unless set.</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether beta is added; true unless set.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma multiplies; true unless set.</summary>
    public bool Scale { get; set; } = true;

    /// <summary>How beta starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer BetaInitializer { get; set; } = Initializer.Zeros;

    /// <summary>How gamma starts; <see cref="Initializer.Ones"/> unless set.</summary>
    public Initializer GammaInitializer { get; set; } = Initializer.Ones;

    /// <summary>How the moving mean starts; <see cref="Initializer.Zeros"/> unless set.</summary>
    public Initializer MovingMeanInitializer { get; set; } = Initializer.Zeros;

    /// <summary>How the moving variance starts; <see cref="Initializer.Ones"/> unless set.</summary>
    public Initializer MovingVarianceInitializer { get; set; } = Initializer.Ones;

    /// <summary>Whether the optimiser updates gamma and beta and the moving statistics follow the batches; true unless set. If not, the layer runs in training as in inference, by its moving statistics, as in Keras.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>batch_normalization</c>, <c>batch_normalization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
