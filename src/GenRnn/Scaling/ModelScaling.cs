using System;
using System.Numerics;

namespace GenRnn;

/// <summary>The scaling that belongs to a model: what its training data were scaled by, and so what its inputs and outputs are in.</summary>
/// <remarks><c>Fit</c> sets it from the data set, <c>Save</c> writes it into the weight file's metadata, <c>Load</c> and <c>LoadFrom</c> set it from there. Data that are scaled otherwise are then refused.</remarks>
public static class ModelScaling
{
    /// <summary>The scaling of a model; null if it was trained on data that nobody scaled.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    public static Scaling? GetScaling<T>(this IModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Scaling;
    }

    /// <summary>Sets the scaling of a model, or makes it forget it.</summary>
    /// <typeparam name="T">The element type of the model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="scaling">The scaling; null for none.</param>
    public static void SetScaling<T>(this IModel<T> model, Scaling? scaling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Scaling = scaling;
    }
}
