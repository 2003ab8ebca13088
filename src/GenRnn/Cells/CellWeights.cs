using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>
/// The weights of a cell that is written in C# (<see cref="CellAttribute"/>). A call declares the weights under its name and uses them; they
/// stand in a model in the order of the calls. In compiled code they are the model's; here they are held for a run as the method stands.
/// </summary>
public sealed class CellWeights
{
    private const float Epsilon = 1e-3f;

    private readonly Dictionary<string, float[]> _variables = new();
    private readonly float[]? _parameters;
    private readonly int _seed;
    private int _used;

    /// <summary>Weights that start as those of a model that runs this cell alone.</summary>
    /// <param name="seed">Seed of the initialisers.</param>
    public CellWeights(int seed = 0) => _seed = seed;

    /// <summary>Given weights.</summary>
    /// <param name="parameters">All of them, as a model holds them: in the order of the calls.</param>
    public CellWeights(ReadOnlySpan<float> parameters) => _parameters = parameters.ToArray();

    /// <summary>
    /// bias + a A + b B + ..., one chain of fused multiply-adds in this order. Operands that an input has gone into share the rows of
    /// <c>name_kernel</c> (Glorot uniform), states those of <c>name_recurrent_kernel</c> (orthogonal); then comes <c>name_bias</c> (zeros).
    /// </summary>
    /// <param name="name">What the weights are called: letters, digits and single underscores, unlike all others of the cell.</param>
    /// <param name="width">Number of outputs.</param>
    /// <param name="operands">At least one; <see cref="Vec.IsState"/> says which kernel it has.</param>
    public Vec Linear(string name, int width, params Vec[] operands)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(operands);
        int inputs = 0, states = 0;
        VecSource source = VecSource.Neutral;
        foreach (Vec operand in operands)
        {
            source = VecSources.Join(source, operand.Source);
            if (operand.IsState)
                states += operand.Width;
            else
                inputs += operand.Width;
        }

        float[] kernel = inputs == 0 ? [] : Variable(name + "_kernel", Initializer.GlorotUniform, inputs, width);
        float[] recurrent = states == 0 ? [] : Variable(name + "_recurrent_kernel", Initializer.Orthogonal, states, width);
        var sums = (float[])Variable(name + "_bias", Initializer.Zeros, width).Clone();
        int inputRow = 0, stateRow = 0;
        foreach (Vec operand in operands)
        {
            float[] weights = operand.IsState ? recurrent : kernel;
            foreach (float value in operand.Values)
            {
                int row = operand.IsState ? stateRow++ : inputRow++;
                MultiplyAdd(value, weights.AsSpan(row * width, width), sums);
            }
        }

        return Vec.Of(sums, source);
    }

    /// <summary>Keras' LayerNormalization over the vector: gamma (x - mean) / sqrt(variance + 0.001) + beta; <c>name_gamma</c> starts as ones, <c>name_beta</c> as zeros.</summary>
    /// <param name="name">What the weights are called.</param>
    /// <param name="x">The vector.</param>
    public Vec LayerNorm(string name, Vec x)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(x);
        Vec gamma = Vec.Of(Variable(name + "_gamma", Initializer.Ones, x.Width), VecSource.Neutral);
        Vec beta = Vec.Of(Variable(name + "_beta", Initializer.Zeros, x.Width), VecSource.Neutral);
        float count = x.Width;
        Vec centered = x - LaneReduction.Sum(ref x.Origin, x.Width) / count;
        Vec squares = centered * centered;
        Vec variance = LaneReduction.Sum(ref squares.Origin, x.Width) / count;
        return centered / Vec.Sqrt(variance + Epsilon) * gamma + beta;
    }

    /// <summary>A vector of weights by itself: a gain, a peephole.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="width">Number of values.</param>
    /// <param name="initializer">How it starts; ones unless said.</param>
    public Vec Vector(string name, int width, Initializer initializer = Initializer.Ones)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return Vec.Of(Variable(name, initializer, width), VecSource.Neutral);
    }

    private float[] Variable(string name, Initializer initializer, params int[] shape)
    {
        int length = 1;
        foreach (int size in shape)
            length *= size;
        if (!_variables.TryGetValue(name, out float[]? values))
        {
            values = new float[length];
            if (_parameters is null)
                WeightInitializer.Fill(new InitializerInfo { Kind = initializer }, shape, new RandomStream(_seed, _variables.Count), values.AsSpan());
            else if (_used + length > _parameters.Length)
                throw new InvalidOperationException(FormattableString.Invariant($"The cell has more weights than the {_parameters.Length} that were given: '{name}' needs {length} after {_used}."));
            else
                _parameters.AsSpan(_used, length).CopyTo(values);
            _used += length;
            _variables.Add(name, values);
        }

        return values.Length == length
            ? values
            : throw new InvalidOperationException(FormattableString.Invariant($"'{name}' has {values.Length} weights and is used as if it had {length}: each call needs a name of its own, and a state that the step before returned is handed on by AsState()."));
    }

    // One chain for each output; the ragged end goes through the same operation in a padded vector.
    private static void MultiplyAdd(float value, ReadOnlySpan<float> weights, Span<float> sums)
    {
        var factor = new Vector<float>(value);
        Span<float> padded = stackalloc float[2 * Vector<float>.Count];
        for (int i = 0; i < sums.Length; i += Vector<float>.Count)
        {
            int count = Math.Min(Vector<float>.Count, sums.Length - i);
            weights.Slice(i, count).CopyTo(padded);
            sums.Slice(i, count).CopyTo(padded[Vector<float>.Count..]);
            Vector<float> sum = VectorMath.FusedMultiplyAdd(factor, new Vector<float>(padded), new Vector<float>(padded[Vector<float>.Count..]));
            MemoryMarshal.Cast<float, Vector<float>>(padded)[0] = sum;
            padded[..count].CopyTo(sums[i..]);
        }
    }
}
