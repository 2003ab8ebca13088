using System;

namespace GenRnn;

/// <summary>Another scale, Keras' <c>Rescaling</c>: <c>y = scale x + offset</c>. The shape stays.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RescalingAttribute : Attribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="scale">What x is multiplied by.</param>
    public RescalingAttribute(double scale) => Scale = scale;

    /// <summary>What x is multiplied by.</summary>
    public double Scale { get; }

    /// <summary>What is added then; 0 unless set.</summary>
    public double Offset { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>rescaling</c>, <c>rescaling_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
