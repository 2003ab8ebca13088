using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Shapes;

namespace GenRnn.Compiler.Layers;

/// <summary>Rules on flags and shapes that layers share, each with its message.</summary>
internal static class LayerRules
{
    /// <summary>Steps beyond which a fully unrolled scan outgrows what the JIT optimises in one driver.</summary>
    public const int MaximumUnrolledSteps = 512;

    /// <summary>A flag that has no effect beside the others.</summary>
    public static void ChangesNothing(ShapeContext context, string flag, string because) =>
        context.Report(Rules.ChangesNothing, flag, flag + " changes nothing: " + because);

    public static int PositiveUnits(ShapeContext context)
    {
        int units = context.Item.GetInteger("Units");
        if (units <= 0)
            context.Report(Rules.UnitsNotPositive, "Units", Format("units must be positive; {0} has {1}", context.Item.Kind, units));
        return units;
    }

    /// <summary>An integer flag that counts something; reports and returns what it found below 1.</summary>
    public static int AtLeastOne(ShapeContext context, string flag, int absent)
    {
        int value = context.Item.GetInteger(flag, absent);
        if (value < 1)
            context.Report(Rules.ValueOutOfRange, flag, Format("{0} must be at least 1; {1} has {2}", flag, context.Item.Kind, value));
        return value;
    }

    /// <summary>How many steps a layer adds or leaves out at the ends of a sequence; reports what is negative, and that both are none.</summary>
    public static (int Front, int Back) StepsAtEnds(ShapeContext context)
    {
        (int front, int back) = (context.Item.GetInteger("Front"), context.Item.GetInteger("Back"));
        foreach ((string flag, int steps) in new[] { ("Front", front), ("Back", back) })
        {
            if (steps < 0)
                context.Report(Rules.ValueOutOfRange, flag, Format("{0} must not be negative; {1} has {2}", flag, context.Item.Kind, steps));
        }

        if (front == 0 && back == 0)
            ChangesNothing(context, "Front", "no step at either end is the sequence itself");
        return (front, back);
    }

    public static void NeedsSequence(ShapeContext context)
    {
        if (!context.Input.IsVector)
            return;
        GraphNode? dropped = TimeAxis.LastDropped(context.Node), ended = TimeAxis.LastEnded(context.Node);
        string why = ended is not null ? ", because " + ShapeInference.Describe(ended.Item) + " leaves no time steps; [RepeatVector] makes new ones"
            : dropped is null ? ", a vector. Set TimeSteps on [Input]"
            : context.Node.Operands.Contains(dropped) ? "; it returns only its last step. Set ReturnSequences = true on it"
            : ", because " + ShapeInference.Describe(dropped.Item) + " returns only its last step. Set ReturnSequences = true on that";
        context.Report(Rules.LastStepOnly, "", Format(
            "{0} needs (batch, time, features) but {1} emits {2}{3}", context.Item.Kind, context.PreviousLayer, context.Input, why));
    }

    public static void StatefulNeedsBatch(ShapeContext context)
    {
        if (context.Item.GetBoolean("Stateful") && !context.HasBatch)
            context.Report(Rules.StatefulWithoutBatch, "Stateful", "Stateful = true needs a fixed batch size: set Batch on [Input]");
    }

    public static void UnrollFits(ShapeContext context)
    {
        int unroll = context.Item.GetInteger("Unroll");
        if (unroll < -1)
        {
            context.Report(Rules.ValueOutOfRange, "Unroll", Format("Unroll must be Unroll.Auto (0), Unroll.Full (-1) or a factor from 1; got {0}", unroll));
        }
        else if (unroll == -1 && context.Input.TimeSteps > MaximumUnrolledSteps)
        {
            context.Report(Rules.UnrollBeyondBudget, "Unroll", Format(
                "unrolling {0} steps exceeds the method budget of {1}; use Unroll.Auto or a factor", context.Input.TimeSteps, MaximumUnrolledSteps));
        }
        else if (unroll > MaximumUnrolledSteps)
        {
            context.Report(Rules.UnrollBeyondBudget, "Unroll", Format("a factor of {0} exceeds the method budget of {1} steps", unroll, MaximumUnrolledSteps));
        }
    }

    public static void SomethingIsMasked(ShapeContext context)
    {
        // Where a mask was lost on the way, that was said there.
        if (context.Item.GetBoolean("ZeroOutputForMask") && !context.HasMask && !context.Input.IsVector && !context.HasLostMask)
        {
            context.Report(Rules.ZeroOutputWithoutMask, "ZeroOutputForMask", Format(
                "ZeroOutputForMask changes nothing: no step of {0} is masked; put [Masking] in front, or set Lengths = true on [Input]", context.PreviousLayer));
        }
    }

    public static void SaturatingActivation(ShapeContext context, string flag)
    {
        string activation = context.Item.GetText(flag, "Tanh");
        if (Activations.IsUnbounded(activation))
        {
            context.Report(Rules.NonSaturatingActivation, flag, Format(
                "'{0}' does not saturate: in a recurrent layer its state may explode; use Tanh, or clip the gradient", activation));
        }
    }

    /// <summary>The parameter of an activation, where that has one.</summary>
    public static void AlphaIsUsed(ShapeContext context, string activationFlag, string alphaFlag, string absent)
    {
        string activation = context.Item.GetText(activationFlag, absent);
        if (context.Item.Find(alphaFlag) is not null && !Activations.HasAlpha(activation))
            ChangesNothing(context, alphaFlag, activation + " has no such number; LeakyRelu and Elu have");
    }

    public static void GatesStayInRange(ShapeContext context)
    {
        string activation = context.Item.GetText("RecurrentActivation", "Sigmoid");
        if (activation is not ("Sigmoid" or "HardSigmoid" or "HardSigmoidKeras2" or "Softmax"))
        {
            context.Report(Rules.UnboundedGate, "RecurrentActivation", Format(
                "gates should lie between 0 and 1, '{0}' does not stay there; use Sigmoid or HardSigmoid", activation));
        }
    }

    /// <param name="atOne">What a rate of 1 does.</param>
    public static void DropoutRate(ShapeContext context, string flag, string atOne)
    {
        double rate = context.Item.GetNumber(flag);
        if (rate is < 0 or > 1)
            context.Report(Rules.DropoutOutOfRange, flag, Format("a rate of dropout lies between 0 and 1; got {0}", rate));
        else if (rate == 1)
            context.Report(Rules.DropoutOfEverything, flag, Format("a rate of 1: {0}", atOne));
    }

    /// <summary>Output shape of a layer that pools over time.</summary>
    public static Shape PooledShape(ShapeContext context)
    {
        NeedsSequence(context);
        return new Shape(0, context.Input.Features);
    }

    public static string Format(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
