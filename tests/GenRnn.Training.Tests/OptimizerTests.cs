using System;
using System.Linq;
using System.Numerics;
using Xunit;

namespace GenRnn.Training.Tests;

/// <summary>Optimisers against Keras' formulas, written out element by element: equal bit for bit.</summary>
public sealed class OptimizerTests
{
    private const int Steps = 12;

    [Fact]
    public void Sgd_is_w_minus_lr_g()
    {
        Check<float>(new Sgd(), r => r.W -= r.G * 0.01f);
        Check<double>(new Sgd { LearningRate = 0.3 }, r => r.W -= r.G * 0.3);
    }

    [Fact]
    public void Sgd_with_momentum()
    {
        Check<float>(new Sgd { LearningRate = 0.05, Momentum = 0.9 }, r =>
        {
            r.M = r.M * 0.9f - r.G * 0.05f;
            r.W += r.M;
        });
        Check<double>(new Sgd { LearningRate = 0.05, Momentum = 0.9 }, r =>
        {
            r.M = r.M * 0.9 - r.G * 0.05;
            r.W += r.M;
        });
    }

    [Fact]
    public void Sgd_with_Nesterov_momentum_looks_ahead()
    {
        Check<float>(new Sgd { LearningRate = 0.05, Momentum = 0.9, Nesterov = true }, r =>
        {
            r.M = r.M * 0.9f - r.G * 0.05f;
            r.W += r.M * 0.9f - r.G * 0.05f;
        });
        Check<double>(new Sgd { LearningRate = 0.05, Momentum = 0.9, Nesterov = true }, r =>
        {
            r.M = r.M * 0.9 - r.G * 0.05;
            r.W += r.M * 0.9 - r.G * 0.05;
        });
    }

    [Fact]
    public void Nesterov_without_momentum_is_plain_descent() => Check<float>(new Sgd { Nesterov = true }, r => r.W -= r.G * 0.01f);

    [Fact]
    public void Adam_has_Keras_defaults_and_formula()
    {
        Check<float>(new Adam(), r => AdamStep(r, 0.001, 0.9, 0.999, 1e-7, amsGrad: false));
        Check<double>(new Adam(), r => AdamStep(r, 0.001, 0.9, 0.999, 1e-7, amsGrad: false));
    }

    [Fact]
    public void Adam_uses_its_settings()
    {
        var adam = new Adam { LearningRate = 0.02, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3 };
        Check<float>(adam, r => AdamStep(r, 0.02, 0.8, 0.95, 1e-3, amsGrad: false));
    }

    [Fact]
    public void AmsGrad_divides_by_the_largest_second_moment()
    {
        var adam = new Adam { LearningRate = 0.02, AmsGrad = true, Beta2 = 0.6 };
        Check<float>(adam, r => AdamStep(r, 0.02, 0.9, 0.6, 1e-7, amsGrad: true));
        Check<double>(adam, r => AdamStep(r, 0.02, 0.9, 0.6, 1e-7, amsGrad: true));
    }

    [Fact]
    public void NaN_in_a_gradient_reaches_its_parameter_alone()
    {
        foreach (Optimizer optimizer in (Optimizer[])[new Sgd(), new Sgd { Momentum = 0.5 }, new Adam(), new Adam { AmsGrad = true }, new Sgd { ClipValue = 1 }])
        {
            ModelInfo info = Models.Info(11);
            var gradients = new float[info.ParameterCount];
            var parameters = new float[info.ParameterCount];
            gradients[3] = float.NaN;
            OptimizerState<float> state = optimizer.CreateState<float>(info);
            state.Apply(gradients, parameters);
            Array.Clear(gradients);
            state.Apply(gradients, parameters);
            Assert.Equal([3], Enumerable.Range(0, parameters.Length).Where(i => float.IsNaN(parameters[i])));
        }
    }

    [Fact]
    public void Moments_are_found_by_variable()
    {
        ModelInfo info = Models.Info(6);
        OptimizerState<double> state = new Sgd { Momentum = 0.5, LearningRate = 1 }.CreateState<double>(info);
        double[] gradients = [.. Enumerable.Range(0, info.ParameterCount).Select(i => (double)i)];
        state.Apply(gradients, new double[info.ParameterCount]);

        Assert.Equal(["momentum"], state.SlotNames);
        VariableInfo bias = info.Variables[2];
        Assert.Equal([.. gradients.AsSpan(bias.Offset, bias.Length).ToArray().Select(g => -g)], state.GetSlot("momentum", bias).ToArray());
        Assert.Equal(1, state.Iterations);
        Assert.Contains("velocity", Assert.Throws<ArgumentException>(() => state.GetSlot("velocity", bias).Length).Message, StringComparison.Ordinal);
        Assert.Equal(["momentum", "velocity", "velocity_hat"], new Adam { AmsGrad = true }.CreateState<float>(info).SlotNames);
    }

    [Fact]
    public void A_learning_rate_may_depend_on_the_step()
    {
        ModelInfo info = Models.Info(1);
        OptimizerState<double> state = new Sgd { LearningRate = new Halving() }.CreateState<double>(info);
        double[] gradients = Enumerable.Repeat(1.0, info.ParameterCount).ToArray();
        var parameters = new double[info.ParameterCount];
        state.Apply(gradients, parameters);
        state.Apply(gradients, parameters);
        Assert.Equal(-1.5, parameters[0]);
        Assert.Equal(0.25, state.LearningRate);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        ModelInfo info = Models.Info(37);
        foreach (Optimizer optimizer in (Optimizer[])
            [new Sgd(), new Sgd { Momentum = 0.9, Nesterov = true, ClipNorm = 1 }, new Adam { GlobalClipNorm = 1 }, new Adam { AmsGrad = true, ClipValue = 1 }])
        {
            OptimizerState<float> state = optimizer.CreateState<float>(info);
            var gradients = new float[info.ParameterCount];
            var parameters = new float[info.ParameterCount];
            state.Apply(gradients, parameters);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                state.Apply(gradients, parameters);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Wrong_settings_and_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { LearningRate = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { LearningRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta2 = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = double.NaN });

        OptimizerState<float> state = new Sgd().CreateState<float>(Models.Info(4));
        ArgumentException error = Assert.Throws<ArgumentException>(() => state.Apply(new float[3], new float[state.Info.ParameterCount]));
        Assert.Equal("gradients", error.ParamName);
        Assert.Contains("holds 3 values", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, state.Iterations);
    }

    private static void AdamStep<T>(Reference<T> r, double rate, double beta1, double beta2, double epsilon, bool amsGrad)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Keras' bias correction takes the betas as float32.
        double power1 = 1;
        double power2 = 1;
        for (int i = 0; i < r.Step; i++)
            (power1, power2) = (power1 * (float)beta1, power2 * (float)beta2);
        T alpha = T.CreateTruncating(rate * Math.Sqrt(1 - power2) / (1 - power1));
        r.M += (r.G - r.M) * T.CreateTruncating(1 - beta1);
        r.V += (r.G * r.G - r.V) * T.CreateTruncating(1 - beta2);
        r.Largest = r.V > r.Largest ? r.V : r.Largest;
        r.W -= r.M * alpha / (T.Sqrt(amsGrad ? r.Largest : r.V) + T.CreateTruncating(epsilon));
    }

    // 1 to 41 weights: every length of the ragged end at every vector width.
    private static void Check<T>(Optimizer optimizer, Action<Reference<T>> step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int weights = 1; weights <= 41; weights++)
        {
            ModelInfo info = Models.Info(weights);
            var random = new Random(weights);
            var parameters = new T[info.ParameterCount];
            var gradients = new T[info.ParameterCount];
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] = T.CreateTruncating(random.NextDouble() - 0.5);
            Reference<T>[] references = [.. parameters.Select(w => new Reference<T> { W = w })];
            OptimizerState<T> state = optimizer.CreateState<T>(info);

            for (int t = 1; t <= Steps; t++)
            {
                for (int i = 0; i < gradients.Length; i++)
                    gradients[i] = T.CreateTruncating((random.NextDouble() - 0.5) / t);
                state.Apply(gradients, parameters);
                for (int i = 0; i < parameters.Length; i++)
                {
                    bool isFrozen = i >= info.Variables[1].Offset && i < info.Variables[2].Offset;
                    if (!isFrozen)
                    {
                        references[i].G = gradients[i];
                        references[i].Step = t;
                        step(references[i]);
                    }

                    Assert.Equal(references[i].W, parameters[i]);
                }
            }
        }
    }

    private sealed class Reference<T>
        where T : struct
    {
        public T W;
        public T G;
        public T M;
        public T V;
        public T Largest;
        public int Step;
    }

    // The number becomes an object on its way to the property; the message is about the property.
    [Theory]
    [InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_none_is_called_by_its_name(double value)
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => new Adam { LearningRate = value });
        Assert.StartsWith("A LearningRate is a finite number of at least 0.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(value, refused.ActualValue);
    }

    private sealed class Halving : LearningRate
    {
        public override double At(long iteration) => 1.0 / (1 << (int)iteration);
    }
}
