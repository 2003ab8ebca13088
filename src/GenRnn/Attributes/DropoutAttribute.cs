using System;

namespace GenRnn;

/// <summary>
/// Dropout, Keras' <c>Dropout</c>: in training <c>y = x m</c>, where m is 0 with the probability of the rate and 1 / (1 - rate) otherwise,
/// drawn for every row, step and element (Srivastava et al. 2014); in inference <c>y = x</c>. The shape stays.
/// </summary>
/// <remarks>
/// Masks depend on <see cref="ModelWorkspace{T}.Seed"/>, <see cref="ModelWorkspace{T}.TrainingCalls"/> and the place of a value alone: they
/// are the same on any machine and with any number of threads. The backward pass reads those of its forward pass.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class DropoutAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">Share of the values that training drops, 0 to 1. At 1 nothing is left.</param>
    public DropoutAttribute(double rate) => Rate = rate;

    /// <summary>Share of the values that training drops.</summary>
    public double Rate { get; }

    /// <summary>Whether all steps of a row get the same mask: Keras' <c>noise_shape=(batch, 1, features)</c>. False unless set.</summary>
    public bool SharedOverTime { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>dropout</c>) unless set.</summary>
    public string? Name { get; set; }
}
