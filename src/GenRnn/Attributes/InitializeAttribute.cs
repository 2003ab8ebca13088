using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: how one of its weights starts, with the arguments that an enum cannot carry. Goes before
/// the layer's own <c>...Initializer</c> flag. An argument that the initialiser does not use has no effect, and is warned of.
/// </summary>
/// <example><code>
/// [Initialize(Weight.Kernel, Initializer.VarianceScaling, Scale = 2, Mode = FanMode.FanIn)]
/// [Dense(10)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class InitializeAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="weight">Which weight; the layer must have it.</param>
    /// <param name="initializer">How it starts.</param>
    public InitializeAttribute(Weight weight, Initializer initializer)
    {
        Weight = weight;
        Initializer = initializer;
    }

    /// <summary>Which weight.</summary>
    public Weight Weight { get; }

    /// <summary>How it starts.</summary>
    public Initializer Initializer { get; }

    /// <summary>Orthogonal and identity: factor of the matrix; 1 unless set.</summary>
    public double Gain { get; set; } = 1.0;

    /// <summary>Constant: the value; 0 unless set.</summary>
    public double Value { get; set; }

    /// <summary>Random and truncated normal: the mean; 0 unless set.</summary>
    public double Mean { get; set; }

    /// <summary>Random and truncated normal: the standard deviation (before truncation), not negative; 0.05 unless set.</summary>
    public double StandardDeviation { get; set; } = 0.05;

    /// <summary>Random uniform: the lower bound; -0.05 unless set.</summary>
    public double Minimum { get; set; } = -0.05;

    /// <summary>Random uniform: the upper bound, not below <see cref="Minimum"/>; 0.05 unless set.</summary>
    public double Maximum { get; set; } = 0.05;

    /// <summary>Variance scaling: the scale, positive; 1 unless set.</summary>
    public double Scale { get; set; } = 1.0;

    /// <summary>Variance scaling: which fan divides; <see cref="FanMode.FanIn"/> unless set.</summary>
    public FanMode Mode { get; set; } = FanMode.FanIn;

    /// <summary>Variance scaling: uniform rather than truncated normal; false unless set.</summary>
    public bool IsUniform { get; set; }
}
