using System;

namespace GenRnn;

/// <summary>
/// A rectifier as a layer of its own, Keras' <c>ReLU</c>: <c>y = x > threshold ? min(x, max) : slope (x - threshold)</c>. The shape stays.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ReluAttribute : Attribute
{
    /// <summary>The largest value that comes out, 0 or more; no limit unless set.</summary>
    public double MaxValue { get; set; }

    /// <summary>Slope at and below the threshold, 0 or more; 0 unless set.</summary>
    public double NegativeSlope { get; set; }

    /// <summary>Above it values come through as they are; 0 or more, 0 unless set.</summary>
    public double Threshold { get; set; }

    /// <summary>The layer's name: a valid C# identifier, unique in the model. Keras' name (<c>re_lu</c>, <c>re_lu_1</c>) unless set.</summary>
    public string? Name { get; set; }
}
