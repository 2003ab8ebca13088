using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>Keras 3's activation functions, and the one that Keras 2 had otherwise, written in the IR's operations: one table for every layer that has an activation.</summary>
internal static class Activations
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;
    private const double SquareRootOfHalf = 0.70710678118654752440;

    /// <summary>Functions that do not saturate: in a recurrent layer their states may grow without bound.</summary>
    public static bool IsUnbounded(string activation) =>
        activation is "Linear" or "Relu" or "LeakyRelu" or "Elu" or "Selu" or "Gelu" or "Silu" or "HardSilu" or "Exponential" or "Softplus" or "Mish";

    /// <summary>The parameter of an activation unless it is said; null if it has none.</summary>
    public static double? DefaultAlpha(string activation) => activation switch
    {
        "LeakyRelu" => 0.2,
        "Elu" => 1,
        _ => null,
    };

    /// <summary>Functions with a number of their own.</summary>
    public static bool HasAlpha(string activation) => DefaultAlpha(activation) is not null;

    public static string Name(string activation) => activation.ToLowerInvariant();

    public static Value Apply(RegionBuilder b, string activation, double? alpha, Value x)
    {
        switch (activation)
        {
            case "Linear": return x;
            case "Tanh": return b.Unary(OpCode.Tanh, x);
            case "Sigmoid": return b.Unary(OpCode.Sigmoid, x);
            case "Relu": return Relu(b, x);
            case "Relu6": return Cap(b, Relu(b, x), 6);
            case "LeakyRelu": return b.Select(b.Greater(x, 0), x, b.Multiply(x, alpha ?? DefaultAlpha(activation)!.Value));
            case "Elu": return Elu(b, x, alpha ?? DefaultAlpha(activation)!.Value);
            case "Selu": return b.Multiply(Elu(b, x, SeluAlpha), SeluScale);
            case "Gelu": return Gelu(b, x);
            case "Silu": return b.Multiply(x, b.Unary(OpCode.Sigmoid, x));
            case "HardSigmoid": return HardSigmoid(b, x);
            case "HardSigmoidKeras2": return Cap(b, Relu(b, b.Add(b.Multiply(x, 0.2), 0.5)), 1);
            case "HardSilu": return b.Multiply(x, HardSigmoid(b, x));
            case "Exponential": return b.Unary(OpCode.Exp, x);
            case "Softplus": return b.Unary(OpCode.Softplus, x);
            case "Softsign": return b.Divide(x, b.Add(b.Unary(OpCode.Abs, x), 1));
            case "Mish": return b.Multiply(x, b.Unary(OpCode.Tanh, b.Unary(OpCode.Softplus, x)));
            case "Softmax": return Softmax(b, x);
            case "LogSoftmax": return LogSoftmax(b, x);
            default: throw new System.ArgumentException("Unknown activation " + activation + ".", nameof(activation));
        }
    }

    /// <summary>x between -limit and limit; NaN passes through, and the gradient is 1 at the limits, as in TensorFlow.</summary>
    public static Value Clip(RegionBuilder b, Value x, double limit)
    {
        Value above = b.Select(b.Greater(x, limit), b.Constant(limit, x.Width), x);
        return b.Select(b.Greater(b.Unary(OpCode.Negate, x), limit), b.Constant(-limit, x.Width), above);
    }

    // NaN is not <= 0, so it passes through; the gradient at 0 is 0, as in TensorFlow.
    private static Value Relu(RegionBuilder b, Value x) => b.Select(b.GreaterOrEqual(0, x), b.Constant(0, x.Width), x);

    private static Value Cap(RegionBuilder b, Value x, double limit) =>
        b.Select(b.GreaterOrEqual(x, limit), b.Constant(limit, x.Width), x);

    // The exponent sees only x <= 0: beyond, exp could overflow and its discarded gradient would be 0 * infinity.
    private static Value Elu(RegionBuilder b, Value x, double alpha)
    {
        Value positive = b.Greater(x, 0);
        Value exponent = b.Unary(OpCode.Exp, b.Select(positive, b.Constant(0, x.Width), x));
        return b.Select(positive, x, b.Multiply(b.Add(exponent, -1), alpha));
    }

    private static Value Gelu(RegionBuilder b, Value x)
    {
        Value erf = b.Unary(OpCode.Erf, b.Multiply(x, SquareRootOfHalf));
        return b.Multiply(b.Multiply(x, 0.5), b.Add(erf, 1));
    }

    // Keras 3: relu6(x + 3) / 6.
    private static Value HardSigmoid(RegionBuilder b, Value x) =>
        b.Multiply(Cap(b, Relu(b, b.Add(x, 3)), 6), 1.0 / 6.0);

    private static Value Softmax(RegionBuilder b, Value x)
    {
        Value exponent = b.Unary(OpCode.Exp, b.Subtract(x, b.LaneMax(x)));
        return b.Divide(exponent, b.LaneSum(exponent));
    }

    private static Value LogSoftmax(RegionBuilder b, Value x)
    {
        Value shifted = b.Subtract(x, b.LaneMax(x));
        return b.Subtract(shifted, b.Unary(OpCode.Log, b.LaneSum(b.Unary(OpCode.Exp, shifted))));
    }
}
