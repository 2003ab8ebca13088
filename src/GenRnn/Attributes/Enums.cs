namespace GenRnn;

/// <summary>Activation functions, with Keras 3's definitions.</summary>
public enum Activation
{
    /// <summary>x</summary>
    Linear,
    /// <summary>tanh(x)</summary>
    Tanh,
    /// <summary>1 / (1 + exp(-x))</summary>
    Sigmoid,
    /// <summary>max(0, x)</summary>
    Relu,
    /// <summary>min(max(0, x), 6)</summary>
    Relu6,
    /// <summary>x for x > 0, else 0.2 x</summary>
    LeakyRelu,
    /// <summary>x for x > 0, else alpha (exp(x) - 1); alpha is 1</summary>
    Elu,
    /// <summary>1.0507009873554805 elu(x, 1.6732632423543772)</summary>
    Selu,
    /// <summary>x/2 (1 + erf(x / sqrt 2))</summary>
    Gelu,
    /// <summary>x sigmoid(x)</summary>
    Silu,
    /// <summary>x clip(x/6 + 1/2, 0, 1)</summary>
    HardSilu,
    /// <summary>clip(x/6 + 1/2, 0, 1)</summary>
    HardSigmoid,
    /// <summary>clip(x/5 + 1/2, 0, 1): what Keras 1 and 2 and TensorFlow.js call a hard sigmoid</summary>
    HardSigmoidKeras2,
    /// <summary>exp(x)</summary>
    Exponential,
    /// <summary>ln(1 + exp(x))</summary>
    Softplus,
    /// <summary>x / (1 + |x|)</summary>
    Softsign,
    /// <summary>x tanh(softplus(x))</summary>
    Mish,
    /// <summary>exp(x - max) / sum exp(x - max) over the last axis</summary>
    Softmax,
    /// <summary>x - max - ln sum exp(x - max) over the last axis</summary>
    LogSoftmax,
}

/// <summary>Initialisers, with Keras 3's definitions.</summary>
public enum Initializer
{
    /// <summary>0</summary>
    Zeros,
    /// <summary>1</summary>
    Ones,
    /// <summary>A constant; 0 unless given.</summary>
    Constant,
    /// <summary>The identity matrix times a gain.</summary>
    Identity,
    /// <summary>Normal, standard deviation 0.05.</summary>
    RandomNormal,
    /// <summary>Uniform in [-0.05, 0.05].</summary>
    RandomUniform,
    /// <summary>Normal cut at two standard deviations of 0.05.</summary>
    TruncatedNormal,
    /// <summary>Variance scaling with its arguments given: scale 1, fan-in, truncated normal unless said.</summary>
    VarianceScaling,
    /// <summary>Uniform, limit sqrt(6 / (fan in + fan out)).</summary>
    GlorotUniform,
    /// <summary>Truncated normal, variance 2 / (fan in + fan out).</summary>
    GlorotNormal,
    /// <summary>Uniform, limit sqrt(6 / fan in).</summary>
    HeUniform,
    /// <summary>Truncated normal, variance 2 / fan in.</summary>
    HeNormal,
    /// <summary>Uniform, limit sqrt(3 / fan in).</summary>
    LecunUniform,
    /// <summary>Truncated normal, variance 1 / fan in.</summary>
    LecunNormal,
    /// <summary>Orthonormal rows or columns, times a gain.</summary>
    Orthogonal,
}

/// <summary>Which fan variance scaling divides by.</summary>
public enum FanMode
{
    /// <summary>Number of inputs.</summary>
    FanIn,
    /// <summary>Number of outputs.</summary>
    FanOut,
    /// <summary>Mean of both.</summary>
    FanAverage,
}

/// <summary>Order of the axes of sequences.</summary>
public enum DataLayout
{
    /// <summary>[rows, time, features], Keras' and the default.</summary>
    BatchMajor,
    /// <summary>[time, rows, features].</summary>
    TimeMajor,
}

/// <summary>Element type of a model.</summary>
public enum Precision
{
    /// <summary>float, the default.</summary>
    Single,
    /// <summary>double.</summary>
    Double,
}

/// <summary>A weight of a layer, for modifiers.</summary>
public enum Weight
{
    /// <summary>Input kernel.</summary>
    Kernel,
    /// <summary>Recurrent kernel.</summary>
    Recurrent,
    /// <summary>Bias.</summary>
    Bias,
    /// <summary>Gain of a normalisation.</summary>
    Gamma,
    /// <summary>Offset of a normalisation.</summary>
    Beta,
    /// <summary>Moving mean of a normalisation over the batch.</summary>
    MovingMean,
    /// <summary>Moving variance of a normalisation over the batch.</summary>
    MovingVariance,
    /// <summary>Table of an embedding.</summary>
    Embeddings,
    /// <summary>Depthwise kernel of a separable convolution.</summary>
    Depthwise,
    /// <summary>Pointwise kernel of a separable convolution.</summary>
    Pointwise,
    /// <summary>Slopes of a <c>[PRelu]</c>.</summary>
    Alpha,
    /// <summary>No weight: what a layer gives, for <c>[Regularize]</c>.</summary>
    Activity,
}

/// <summary>What an orthogonal regulariser wants to be at right angles.</summary>
public enum OrthogonalMode
{
    /// <summary>The rows of the matrix.</summary>
    Rows,
    /// <summary>The columns of the matrix.</summary>
    Columns,
}

/// <summary>Constraints, with Keras 3's definitions; n is the norm along the axis, and e is 1e-7.</summary>
public enum ConstraintKind
{
    /// <summary>w clip(n, 0, max) / (e + n)</summary>
    MaxNorm,
    /// <summary>w / (e + n)</summary>
    UnitNorm,
    /// <summary>max(w, 0)</summary>
    NonNegative,
    /// <summary>w (rate clip(n, min, max) + (1 - rate) n) / (e + n)</summary>
    MinMaxNorm,
}

/// <summary>What a convolution reads outside of the sequence.</summary>
public enum Padding
{
    /// <summary>Nothing: only whole windows count, so the output is shorter. The default.</summary>
    Valid,
    /// <summary>Zeros at both ends: with stride 1 as many steps as the input.</summary>
    Same,
    /// <summary>Zeros in front: a step sees itself and earlier ones only, so the layer streams.</summary>
    Causal,
}

/// <summary>How a bidirectional layer makes one output of its two.</summary>
public enum MergeMode
{
    /// <summary>Side by side, forward first: twice as wide. The default.</summary>
    Concat,
    /// <summary>Their sum.</summary>
    Sum,
    /// <summary>Their product.</summary>
    Mul,
    /// <summary>Their mean.</summary>
    Ave,
}

/// <summary>Values of a recurrent layer's <c>Unroll</c>: <see cref="Auto"/>, <see cref="Full"/>, or a factor from 1.</summary>
public static class Unroll
{
    /// <summary>One call per step where a whole pass is short, else a loop; both run equally fast.</summary>
    public const int Auto = 0;

    /// <summary>Every step written out, as Keras' <c>unroll=True</c>.</summary>
    public const int Full = -1;
}

/// <summary>An axis of what a layer gives.</summary>
public enum Axis
{
    /// <summary>The features of a step, Keras' last axis.</summary>
    Features,

    /// <summary>The time steps of a sequence, Keras' axis 1.</summary>
    Time,
}
