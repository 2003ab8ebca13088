namespace GenRnn;

/// <summary>How an optimiser limits gradients before it uses them.</summary>
internal enum GradientClipping
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>By the norm of each variable's gradient.</summary>
    Norm,

    /// <summary>By the norm of all gradients together.</summary>
    GlobalNorm,

    /// <summary>By each value's magnitude.</summary>
    Value,
}
