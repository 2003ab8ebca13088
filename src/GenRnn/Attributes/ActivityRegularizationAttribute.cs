using System;

namespace GenRnn;

/// <summary>
/// A penalty on what comes through, Keras' <c>ActivityRegularization</c>: the loss has <c>L1 sum |x| + L2 sum x^2</c> besides, summed over all features and steps, as a mean over the rows of a batch.
/// The values stay as they are. <c>[Regularize(Weight.Activity)]</c> in front of a layer does the same.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ActivityRegularizationAttribute : Attribute
{
    /// <summary>Factor of the sum of absolute values, 0 or more; 0 unless set.</summary>
    public double L1 { get; set; }

    /// <summary>Factor of the sum of squares, 0 or more; 0 unless set.</summary>
    public double L2 { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>activity_regularization</c>, <c>activity_regularization_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
