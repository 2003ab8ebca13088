namespace GenRnn;

/// <summary>How a prediction is held against its target.</summary>
internal enum AccuracyKind
{
    /// <summary>As Keras' "accuracy" does: binary for a single value, sparse for one target a position, else categorical.</summary>
    ByShape,

    /// <summary>Each value by itself: above 1/2 or not.</summary>
    Binary,

    /// <summary>The largest value stands where the largest target does.</summary>
    Categorical,

    /// <summary>The largest value stands where the target says.</summary>
    Sparse,

    /// <summary>The place of the largest target is among those of the largest predictions.</summary>
    TopK,

    /// <summary>The place that the target says is among those of the largest predictions.</summary>
    SparseTopK,
}
