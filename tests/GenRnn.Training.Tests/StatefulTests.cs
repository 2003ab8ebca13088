using System.Linq;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>A stateful model's state goes from batch to batch. The test model adds the number of batches so far to its output.</summary>
public sealed class StatefulTests
{
    private static readonly AffineShape Shape = new(Features: 1, Units: 1, Batch: 4, IsStateful: true);

    // y = 0.15 for x = 0, plus the number of batches so far; the target is 0.15.
    private static readonly DataSet<double> Data = new(new double[8], Enumerable.Repeat(0.15, 8).ToArray());

    private static FitOptions Options(int threads) => new()
    {
        Optimizer = new Sgd { LearningRate = 0 },
        Loss = Loss.MeanAbsoluteError,
        Validation = Data,
        Epochs = 2,
        Threads = threads,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void States_are_not_reset_between_epochs_or_before_validation(int threads)
    {
        History history = new AffineModel<double>(Shape).Fit(Data, Options(threads));
        Assert.Equal([0.5, 4.5], history["loss"].Select(Rounded));
        Assert.Equal([2.5, 6.5], history["val_loss"].Select(Rounded));
    }

    [Fact]
    public void A_trainers_state_can_be_reset()
    {
        using var trainer = new Trainer<double>(new AffineModel<double>(Shape), Options(1));
        Assert.Equal(0.5, Rounded(trainer.Evaluate(Data).Loss));
        Assert.Equal(2.5, Rounded(trainer.Evaluate(Data).Loss));
        trainer.State!.Reset();
        Assert.Equal(0.5, Rounded(trainer.Evaluate(Data).Loss));
    }

    [Fact]
    public void Evaluate_has_a_state_of_its_own()
    {
        var model = new AffineModel<double>(Shape);
        Assert.Equal(0.5, Rounded(model.Evaluate(Data, Loss.MeanAbsoluteError).Loss));
        Assert.Equal(0.5, Rounded(model.Evaluate(Data, Loss.MeanAbsoluteError).Loss));
    }

    [Fact]
    public void Other_models_carry_nothing()
    {
        using var trainer = new Trainer<double>(new AffineModel<double>(Shape with { IsStateful = false }), Options(1));
        Assert.Null(trainer.State);
        Assert.Equal(0, Rounded(trainer.Evaluate(Data).Loss));
    }

    private static double Rounded(double value) => System.Math.Round(value, 9);
}
