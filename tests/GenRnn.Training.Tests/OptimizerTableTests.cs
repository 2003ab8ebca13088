using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Every optimiser against the formulas of its documentation, in double, at the first, the middle and the last of 60 steps.</summary>
public sealed class OptimizerTableTests
{
    private const int Steps = 60;

    private static readonly Dictionary<string, (Optimizer Optimizer, Action<Weight> Step)> s_table = new()
    {
        ["Sgd"] = (new Sgd(), s => s.W -= 0.01 * s.G),
        ["Sgd, momentum"] = (new Sgd { Momentum = 0.9 }, s => s.W += s.A = 0.9 * s.A - 0.01 * s.G),
        ["Sgd, Nesterov"] = (new Sgd { Momentum = 0.9, Nesterov = true }, s => s.W += 0.9 * (s.A = 0.9 * s.A - 0.01 * s.G) - 0.01 * s.G),
        ["Sgd, weight decay"] = (new Sgd { WeightDecay = 0.1 }, s => s.W = s.W - s.W * 0.1 * 0.01 - 0.01 * s.G),
        ["RmsProp"] = (new RmsProp(), s => s.W -= 0.001 * s.G / Math.Sqrt((s.A = 0.9 * s.A + 0.1 * s.G * s.G) + 1e-7)),
        ["RmsProp, momentum"] = (new RmsProp { Rho = 0.8, Momentum = 0.5 }, s =>
        {
            s.A = 0.8 * s.A + 0.2 * s.G * s.G;
            s.W -= s.B = 0.5 * s.B + 0.001 * s.G / Math.Sqrt(s.A + 1e-7);
        }),
        ["RmsProp, centered"] = (new RmsProp { Centered = true, Epsilon = 1e-3 }, s =>
        {
            s.A = 0.9 * s.A + 0.1 * s.G * s.G;
            s.B = 0.9 * s.B + 0.1 * s.G;
            s.W -= 0.001 * s.G / Math.Sqrt(s.A - s.B * s.B + 1e-3);
        }),
        ["RmsProp, centered, momentum"] = (new RmsProp { Centered = true, Momentum = 0.9, LearningRate = 0.01, Epsilon = 1e-3 }, s =>
        {
            s.A = 0.9 * s.A + 0.1 * s.G * s.G;
            s.B = 0.9 * s.B + 0.1 * s.G;
            s.W -= s.C = 0.9 * s.C + 0.01 * s.G / Math.Sqrt(s.A - s.B * s.B + 1e-3);
        }),
        ["Adam"] = (new Adam(), s => AdamStep(s, 0.001, 0)),
        ["Adam, AmsGrad"] = (new Adam { AmsGrad = true, Beta2 = 0.6 }, s =>
        {
            s.A = 0.9 * s.A + 0.1 * s.G;
            s.B = 0.6 * s.B + 0.4 * s.G * s.G;
            s.C = Math.Max(s.C, s.B);
            s.W -= 0.001 * Math.Sqrt(1 - Math.Pow(0.6f, s.T)) / (1 - Math.Pow(0.9f, s.T)) * s.A / (Math.Sqrt(s.C) + 1e-7);
        }),
        ["AdamW"] = (new AdamW(), s => AdamStep(s, 0.001, 0.004)),
        ["AdamW, all that can be set"] = (new AdamW { LearningRate = 0.02, WeightDecay = 0.5 }, s => AdamStep(s, 0.02, 0.5)),
        ["Nadam"] = (new Nadam { LearningRate = 0.01 }, s =>
        {
            double now = 0.9 * (1 - 0.5 * Math.Pow(0.96, s.T)), next = 0.9 * (1 - 0.5 * Math.Pow(0.96, s.T + 1));
            s.C = s.T == 1 ? now : s.C * now;
            s.A = 0.9 * s.A + 0.1 * s.G;
            s.B = 0.999 * s.B + 0.001 * s.G * s.G;
            double m = next * s.A / (1 - s.C * next) + (1 - now) * s.G / (1 - s.C);
            s.W -= 0.01 * m / (Math.Sqrt(s.B / (1 - Math.Pow(0.999, s.T))) + 1e-7);
        }),
        ["Adagrad"] = (new Adagrad(), s => s.W -= 0.001 * s.G / Math.Sqrt((s.A = (s.T == 1 ? 0.1 : s.A) + s.G * s.G) + 1e-7)),
        ["Adagrad from 1"] = (new Adagrad { LearningRate = 0.1, InitialAccumulatorValue = 1 }, s => s.W -= 0.1 * s.G / Math.Sqrt((s.A = (s.T == 1 ? 1 : s.A) + s.G * s.G) + 1e-7)),
        ["Adadelta"] = (new Adadelta { LearningRate = 1 }, s =>
        {
            s.A = 0.95 * s.A + 0.05 * s.G * s.G;
            double step = s.G * Math.Sqrt(s.B + 1e-7) / Math.Sqrt(s.A + 1e-7);
            s.B = 0.95 * s.B + 0.05 * step * step;
            s.W -= step;
        }),
        ["Adamax"] = (new Adamax(), s =>
        {
            s.A = 0.9 * s.A + 0.1 * s.G;
            s.B = Math.Max(0.999 * s.B, Math.Abs(s.G));
            s.W -= 0.001 * s.A / ((1 - Math.Pow(0.9f, s.T)) * (s.B + 1e-7));
        }),
        ["Lion"] = (new Lion { WeightDecay = 0.02 }, s =>
        {
            s.W = s.W - s.W * 0.02 * 0.001 - 0.001 * Math.Sign(0.9 * s.A + 0.1 * s.G);
            s.A = 0.99 * s.A + 0.01 * s.G;
        }),
        ["Ftrl"] = (new Ftrl { LearningRate = 0.1 }, s => FtrlStep(s, 0.1, 0.5, 0.1, 0, 0, 0, 0)),
        ["Ftrl, all that can be set"] = (
            new Ftrl { LearningRate = 0.05, LearningRatePower = -0.7, InitialAccumulatorValue = 0.3, L1 = 0.01, L2 = 0.02, L2Shrinkage = 0.03, Beta = 0.04 },
            s => FtrlStep(s, 0.05, 0.7, 0.3, 0.01, 0.02, 0.03, 0.04)),
    };

    public static TheoryData<string> Names { get; } = new(s_table.Keys);

    [Fact]
    public void Every_optimizer_is_in_the_table() => Assert.Empty(typeof(Optimizer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).Except(s_table.Values.Select(row => row.Optimizer.GetType())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_what_its_documentation_says(string name)
    {
        Check<double>(name, 1e-11);
        Check<float>(name, 1e-5);
    }

    /// <summary>Whatever the length of the ragged end, an element's bits are those that it has alone; and a step allocates nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_element_does_not_depend_on_its_place_and_nothing_is_allocated(string name)
    {
        Optimizer optimizer = s_table[name].Optimizer;
        float[] alone = Run(1), among = Run(37);
        Assert.Equal(alone[0], among[0]);
        Assert.All(among[..37], w => Assert.Equal(alone[0], w));

        static float[] Values(int count, float value) => [.. Enumerable.Repeat(value, count)];
        float[] Run(int weights)
        {
            ModelInfo info = Models.Info(weights);
            OptimizerState<float> state = optimizer.CreateState<float>(info);
            float[] parameters = Values(info.ParameterCount, 0.3f), gradients = Values(info.ParameterCount, -0.2f);
            state.Apply(gradients, parameters);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
                state.Apply(gradients, parameters);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            return parameters;
        }
    }

    private static void AdamStep(Weight s, double rate, double decay)
    {
        s.W -= s.W * decay * rate;
        s.A = 0.9 * s.A + 0.1 * s.G;
        s.B = 0.999 * s.B + 0.001 * s.G * s.G;
        s.W -= rate * Math.Sqrt(1 - Math.Pow(0.999f, s.T)) / (1 - Math.Pow(0.9f, s.T)) * s.A / (Math.Sqrt(s.B) + 1e-7);
    }

    private static void FtrlStep(Weight s, double rate, double power, double start, double l1, double l2, double shrinkage, double beta)
    {
        double before = s.T == 1 ? start : s.A;
        s.A = before + s.G * s.G;
        s.B += s.G + 2 * shrinkage * s.W - (Math.Pow(s.A, power) - Math.Pow(before, power)) * s.W / rate;
        s.W = (Math.Clamp(s.B, -l1, l1) - s.B) / (Math.Pow(s.A, power) / rate + 2 * (l2 + beta / (2 * rate)));
    }

    private static void Check<T>(string name, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Optimizer optimizer, Action<Weight> step) = s_table[name];
        ModelInfo info = Models.Info(29);
        var random = new Random(4);
        T[] parameters = new T[info.ParameterCount], gradients = new T[info.ParameterCount];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = T.CreateTruncating(random.NextSingle() - 0.5f);
        Weight[] expected = [.. parameters.Select(w => new Weight { W = double.CreateTruncating(w) })];
        T[] frozen = parameters[info.Variables[1].Offset..info.Variables[2].Offset];
        OptimizerState<T> state = optimizer.CreateState<T>(info);
        for (int t = 1; t <= Steps; t++)
        {
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = T.CreateTruncating((random.NextSingle() - 0.4f) / MathF.Sqrt(t));
            state.Apply(gradients, parameters);
            for (int i = 0; i < parameters.Length; i++)
            {
                if (i >= info.Variables[1].Offset && i < info.Variables[2].Offset)
                    continue;
                (expected[i].G, expected[i].T) = (double.CreateTruncating(gradients[i]), t);
                step(expected[i]);
                if (t is 1 or Steps / 2 or Steps)
                    Assert.Equal(expected[i].W, double.CreateTruncating(parameters[i]), tolerance);
            }
        }

        Assert.Equal(frozen, parameters[info.Variables[1].Offset..info.Variables[2].Offset]);
    }

    /// <summary>One weight, its gradient, three moments and the number of the step.</summary>
    private sealed class Weight
    {
        public double W, G, A, B, C;

        public int T;
    }
}
