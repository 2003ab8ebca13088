using System;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>Attributes as a developer writes them: that this file compiles is half of the test.</summary>
public sealed class AttributeTests
{
    [Input(TimeSteps = 50, Features = 1, Batch = 32, Layout = DataLayout.TimeMajor, Precision = Precision.Double)]
    [Input(Features = 20, Name = "H0")]
    [InitialState("H0")]
    [Initialize(Weight.Kernel, Initializer.VarianceScaling, Scale = 2, Mode = FanMode.FanAverage, IsUniform = true)]
    [SimpleRnn(20, Activation = Activation.Relu, ReturnSequences = true, Unroll = Unroll.Full)]
    [SimpleRnn(20, Unroll = 4), Dense(1, Activation = Activation.Sigmoid)]
    [Activation(Activation.Tanh)]
    private sealed class Declared;

    [Fact]
    public void Every_attribute_repeats_and_none_is_inherited()
    {
        Assert.Equal(8, typeof(Declared).GetCustomAttributes(inherit: false).Length);
        foreach (Type type in new[]
        {
            typeof(InputAttribute), typeof(SimpleRnnAttribute), typeof(DenseAttribute), typeof(ActivationAttribute),
            typeof(InitializeAttribute), typeof(InitialStateAttribute),
        })
        {
            var usage = (AttributeUsageAttribute)Attribute.GetCustomAttribute(type, typeof(AttributeUsageAttribute))!;
            Assert.Equal((AttributeTargets.Class, true, false), (usage.ValidOn, usage.AllowMultiple, usage.Inherited));
        }
    }

    [Fact]
    public void Defaults_are_those_of_Keras()
    {
        var rnn = new SimpleRnnAttribute(5);
        Assert.Equal(
            (Activation.Tanh, true, Initializer.GlorotUniform, Initializer.Orthogonal, Initializer.Zeros),
            (rnn.Activation, rnn.UseBias, rnn.KernelInitializer, rnn.RecurrentInitializer, rnn.BiasInitializer));
        Assert.False(rnn.ReturnSequences || rnn.ReturnState || rnn.GoBackwards || rnn.Stateful);
        Assert.Equal(Activation.Linear, new DenseAttribute(5).Activation);
        Assert.Equal(32, new InputAttribute().Batch);
        var initialize = new InitializeAttribute(Weight.Bias, Initializer.Constant);
        var info = new InitializerInfo { Kind = Initializer.Constant };
        Assert.Equal(
            (info.Gain, info.Value, info.Mean, info.StandardDeviation, info.Minimum, info.Maximum, info.Scale, info.Mode, info.IsUniform),
            (initialize.Gain, initialize.Value, initialize.Mean, initialize.StandardDeviation, initialize.Minimum, initialize.Maximum, initialize.Scale, initialize.Mode, initialize.IsUniform));
    }
}
