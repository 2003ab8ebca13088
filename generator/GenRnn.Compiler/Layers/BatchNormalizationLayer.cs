using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// Keras' BatchNormalization over the last axis: y = gamma (x - mean) / sqrt(variance + epsilon) + beta. In training mean and variance are those of the
/// batch, over all its rows and steps that count; in inference, and everywhere in a layer that is not trained, the moving ones, which follow the batches.
/// </summary>
internal sealed class BatchNormalizationLayer : Layer
{
    private static readonly Flag<double> Momentum = Flag.Number("Momentum", 0.99) with { Effect = FlagEffect.Training };
    private static readonly Flag<double> Epsilon = Flag.Number("Epsilon", 1e-3);
    private static readonly Flag<string> MovingMeanInitializer = Flag.Initializer("MovingMean", "Zeros");
    private static readonly Flag<string> MovingVarianceInitializer = Flag.Initializer("MovingVariance", "Ones");

    /// <summary>Keras' guard of a mean over masked steps, of which there may be none.</summary>
    private const double EmptyMaskEpsilon = 1e-7;

    public override bool CanBeShared(ItemSpec item) => false;

    public override string KerasClass => "BatchNormalization";

    public override string KerasName => "batch_normalization";

    public override ItemDefinition Definition { get; } = new("BatchNormalization", ItemRole.Layer, new FlagDefinition[] { Momentum, Epsilon, ScaleFlags.Center, ScaleFlags.Scale, ScaleFlags.BetaInitializer, ScaleFlags.GammaInitializer, MovingMeanInitializer, MovingVarianceInitializer, ItemFlags.Trainable, ItemFlags.Name });

    public override MaskUse Masks(ItemSpec item) => MaskUse.Passes;

    public override Shape Infer(ShapeContext context)
    {
        double epsilon = context.Item[Epsilon];
        if (epsilon <= 0)
            context.Report(Rules.ValueOutOfRange, Epsilon, LayerRules.Format("Epsilon must be positive: a constant feature would be divided by zero; got {0}", epsilon));
        double momentum = context.Item[Momentum];
        if (momentum is < 0 or > 1)
            context.Report(Rules.ValueOutOfRange, Momentum, LayerRules.Format("Momentum lies between 0 and 1; got {0}", momentum));
        if (context.Item.Has(Momentum) && !context.Item[ItemFlags.Trainable])
            LayerRules.ChangesNothing(context, Momentum, "Trainable = false keeps the moving statistics as they are");
        return context.Input;
    }

    public override void Lower(LoweringContext context)
    {
        int features = context.InputShape.Features;
        ParameterView? gamma = context.Item[ScaleFlags.Scale]
            ? context.AddParameter("gamma", context.Initializer(ScaleFlags.GammaInitializer), features)
            : null;
        ParameterView? beta = context.Item[ScaleFlags.Center]
            ? context.AddParameter("beta", context.Initializer(ScaleFlags.BetaInitializer), features)
            : null;
        ParameterView movingMean = context.AddStatistic("moving_mean", context.Initializer(MovingMeanInitializer), features);
        ParameterView movingVariance = context.AddStatistic("moving_variance", context.Initializer(MovingVarianceInitializer), features);

        Sequence? batchMean = null, squares = null, count = null;
        if (context.Program.CanTrain && context.IsTrainable)
            (batchMean, squares, count) = Observe(context, movingMean);

        RegionBuilder s = context.AddShared("mean, variance of the batch or moving; scale = " + (gamma is null ? "1" : "gamma") + " / sqrt(variance + epsilon)");
        Value mean = s.Parameter(movingMean);
        Value variance = s.Parameter(movingVariance);
        if (batchMean is not null)
        {
            Value isTraining = s.Greater(s.Broadcast(s.Input(context.TrainingFlag, TimeAccess.Whole), features), 0);
            Value batchVariance = s.Divide(s.Input(squares!, TimeAccess.Whole), Count(context, s, count!));
            s.Output(batchVariance, Follow(context, movingVariance, "variance"), TimeAccess.Whole);
            mean = s.Select(isTraining, s.Input(batchMean, TimeAccess.Whole), mean);
            variance = s.Select(isTraining, batchVariance, variance);
        }

        Value root = s.Unary(OpCode.Sqrt, s.Add(variance, context.Item[Epsilon]));
        Sequence center = context.NewShared("center", features), scale = context.NewShared("scale", features);
        s.Output(mean, center, TimeAccess.Whole);
        s.Output(s.Divide(gamma is null ? s.Constant(1, features) : s.Parameter(gamma), root), scale, TimeAccess.Whole);

        RegionBuilder b = context.AddRegion("y = (x - mean) scale" + (beta is null ? "" : " + beta"));
        Value y = b.Multiply(b.Subtract(b.Input(context.Input, TimeAccess.Same), b.Input(center, TimeAccess.Whole)), b.Input(scale, TimeAccess.Whole));
        if (beta is not null)
            y = b.Add(y, b.Parameter(beta));
        context.Output = context.NewSequence("out", context.Input.Steps, features);
        b.Output(y, context.Output, TimeAccess.Same);
        context.OutputMask = context.InputMask;
    }

    /// <summary>The mean of the batch, the sum of squares around it, and how many steps of how many rows count.</summary>
    private static (Sequence Mean, Sequence Squares, Sequence Count) Observe(LoweringContext context, ParameterView movingMean)
    {
        int features = context.InputShape.Features;
        RegionBuilder sums = context.AddRegion("sum of x and count of what counts, over steps and rows");
        Sequence sum = context.NewShared("sum", features), count = context.NewShared("count", 1);
        Value weight = Weight(context, sums);
        sums.Output(sums.Choose(weight, sums.Input(context.Input, TimeAccess.Same), sums.Constant(0, features)), sum, TimeAccess.Whole);
        sums.Output(weight, count, TimeAccess.Whole);

        RegionBuilder s = context.AddShared("mean = sum / count");
        Sequence mean = Follow(context, movingMean, "mean");
        s.Output(s.Divide(s.Input(sum, TimeAccess.Whole), Count(context, s, count)), mean, TimeAccess.Whole);

        RegionBuilder b = context.AddRegion("sum of (x - mean)^2");
        Sequence squares = context.NewShared("squares", features);
        Value centered = b.Subtract(b.Input(context.Input, TimeAccess.Same), b.Input(mean, TimeAccess.Whole));
        b.Output(b.Choose(Weight(context, b), b.Multiply(centered, centered), b.Constant(0, features)), squares, TimeAccess.Whole);
        return (mean, squares, count);
    }

    private static Value Weight(LoweringContext context, RegionBuilder b)
    {
        Value row = b.Input(context.RowWeights, TimeAccess.Whole);
        return context.InputMask is { } mask ? b.Choose(b.Input(mask.Steps, TimeAccess.Same), row, b.Constant(0)) : row;
    }

    private static Value Count(LoweringContext context, RegionBuilder s, Sequence count)
    {
        Value number = s.Unary(OpCode.Detach, s.Input(count, TimeAccess.Whole));
        return context.InputMask is null ? number : s.Add(number, EmptyMaskEpsilon);
    }

    /// <summary>A statistic of the batch that a moving one follows.</summary>
    private static Sequence Follow(LoweringContext context, ParameterView moving, string name)
    {
        Sequence batch = context.NewShared(name, moving.Columns);
        context.Program.Statistics.Add(new MovingStatistic(moving.Parameter, batch, context.Item[Momentum]));
        return batch;
    }
}
