using System;

namespace GenRnn;

/// <summary>
/// An activation as a layer of its own, Keras' <c>Activation</c>. The shape stays; softmax and log-softmax run over the last axis.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ActivationAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="function">The function to apply.</param>
    public ActivationAttribute(Activation function) => Function = function;

    /// <summary>The function to apply.</summary>
    public Activation Function { get; }

    /// <summary>Parameter of the function where it has one: the slope of a leaky ReLU (0.2 unless set), the alpha of an ELU (1 unless set).</summary>
    public double Alpha { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>activation</c>, <c>activation_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
