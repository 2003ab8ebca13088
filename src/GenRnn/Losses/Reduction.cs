namespace GenRnn;

/// <summary>What a loss makes of the values of a batch's positions, each times its weight.</summary>
public enum Reduction
{
    /// <summary>Their sum, divided by the number of positions that count: Keras' default.</summary>
    SumOverBatchSize,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum, divided by the sum of the weights.</summary>
    MeanWithSampleWeight,
}
