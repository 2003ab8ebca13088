namespace GenRnn;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2017): <see cref="Adam"/> with a <see cref="Optimizer.WeightDecay"/> of 0.004.</summary>
public sealed class AdamW : Adam
{
    /// <summary>Learning rate 0.001, weight decay 0.004.</summary>
    public AdamW() => WeightDecay = 0.004;
}
