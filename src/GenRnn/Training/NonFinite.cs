namespace GenRnn;

/// <summary>What training does when a loss, a gradient or a weight is infinite or not a number.</summary>
public enum NonFinite
{
    /// <summary>Throws a <see cref="NonFiniteException"/>; if the loss or a gradient is it, before the update, so that the weights stay what they were.</summary>
    Stop,

    /// <summary>Goes on, as Keras does: the update takes what there is.</summary>
    Continue,
}
