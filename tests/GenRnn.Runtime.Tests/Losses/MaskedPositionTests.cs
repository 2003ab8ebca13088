using System;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>Positions that a mask leaves out: they have no loss, no gradient and no accuracy, whatever stands there.</summary>
public sealed class MaskedPositionTests
{
    private static readonly float[] s_mask = [1, 0, 1, 0];

    [Fact]
    public void A_loss_over_classes_is_the_mean_over_those_that_count()
    {
        float[] logits = [1, 2, 3, 9, 9, 9, 0, 1, 0, -5, 7, 0];
        var gradients = new float[12];
        var loss = new SparseCategoricalCrossentropy { FromLogits = true };

        double masked = loss.Evaluate(Masked([2, 0, 1, 1], logits), gradients);

        float[] counted = [1, 2, 3, 0, 1, 0];
        var own = new float[6];
        Assert.Equal(loss.Evaluate(new PredictionBatch<float>([2, 1], counted, 2, default, new float[32]), own), masked, 1e-6);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(own[i], gradients[i], 1e-6f);
            Assert.Equal(0, gradients[3 + i]);
            Assert.Equal(own[3 + i], gradients[6 + i], 1e-6f);
            Assert.Equal(0, gradients[9 + i]);
        }
    }

    [Fact]
    public void Accuracy_is_the_share_of_those_that_count()
    {
        MetricState<float> state = Metric.Accuracy.CreateState<float>();
        // Right, right but masked, wrong, wrong but masked.
        state.Update(Masked([2, 0, 1, 1], [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0]));
        Assert.Equal(0.5, state.Result);
        state.Update(Masked([2, 0, 1, 1], [0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0]));
        Assert.Equal(0.75, state.Result);
    }

    private static PredictionBatch<float> Masked(float[] targets, float[] predictions) =>
        new(targets, predictions, 4, s_mask, s_mask, s_mask, new float[predictions.Length + PredictionBatch<float>.ScratchPadding]);
}
