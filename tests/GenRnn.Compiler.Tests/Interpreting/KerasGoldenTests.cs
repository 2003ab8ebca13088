using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>Lowering, autodiff and interpreter against Keras' own numbers.</summary>
public sealed class KerasGoldenTests
{
    // The files are float64 results rounded to float32.
    private const double DoubleTolerance = 1e-6;
    private const double SingleTolerance = 1e-5;

    private static readonly string[] ModelNames =
        [.. KerasGolden.Names.Where(n => KerasGolden.Read(n) is { Kind: "model", IsChainOfKnownLayers: true })];

    public static TheoryData<string> Models => new(ModelNames);

    [Fact]
    public void No_case_of_the_known_layers_is_missing()
    {
        string[] named = ["seed_basic_rnn200", "seed_geron_deep_rnn", "seed_geron_single_neuron", "seed_gru100x2", "seed_lstm100x2", "seed_stack_simplernn64"];
        Assert.Empty(named.Except(ModelNames));
        string[] families = ["dense_", "gru_", "lstm_", "simplernn_"];
        foreach (string family in families)
        {
            Assert.Equal(
                KerasGolden.Names.Where(n => n.StartsWith(family, StringComparison.Ordinal) && !n.Contains("mask", StringComparison.Ordinal)),
                ModelNames.Where(n => n.StartsWith(family, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Double_equals_Keras(string name)
    {
        KerasGolden golden = KerasGolden.Read(name);
        InterpretedPass<double> pass = ModelInterpreter.Textbook(golden.ModelSpec()).Differentiate(
            Double(golden.Values("x")), Double(golden.Values("weights")), Double(golden.Values("upstream")), new GradientOrder(golden.Rows, false));
        Compare("outputs", golden.Values("y"), pass.Outputs, DoubleTolerance);
        Compare("weight gradients", golden.Values("grad_weights"), pass.Gradients, DoubleTolerance);
        Compare("input gradients", golden.Values("grad_x"), pass.InputGradients, DoubleTolerance);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Exact_float_is_close_to_Keras_in_both_orders(string name)
    {
        KerasGolden golden = KerasGolden.Read(name);
        ModelInterpreter<float> interpreter = ModelInterpreter.ExactSingle(golden.ModelSpec());
        foreach (GradientOrder order in new GradientOrder[] { new(golden.Rows, false), new(16 * ((golden.Rows + 15) / 16), true) })
        {
            InterpretedPass<float> pass = interpreter.Differentiate(golden.Values("x"), golden.Values("weights"), golden.Values("upstream"), order);
            Compare("outputs", golden.Values("y"), Double(pass.Outputs), SingleTolerance);
            Compare("weight gradients", golden.Values("grad_weights"), Double(pass.Gradients), SingleTolerance);
            Compare("input gradients", golden.Values("grad_x"), Double(pass.InputGradients), SingleTolerance);
        }
    }

    [Theory]
    [InlineData("simplernn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Initial_state_equals_Keras(string layer)
    {
        KerasGolden golden = KerasGolden.Read("initial_state_" + layer);
        InterpretedPass<double> pass = ModelInterpreter.Textbook(golden.InitialStateSpec()).Differentiate(
            Double([.. golden.Values("x"), .. golden.Values("initial_state")]),
            Double(golden.Values("weights")),
            Double(golden.Values("upstream")),
            new GradientOrder(golden.Rows, false));
        Compare("outputs", golden.Values("outputs"), pass.Outputs, DoubleTolerance);
        Compare("weight gradients", golden.Values("grad_weights"), pass.Gradients, DoubleTolerance);
        Compare("input gradients", [.. golden.Values("grad_x"), .. golden.Values("grad_state")], pass.InputGradients, DoubleTolerance);
    }

    [Theory]
    [InlineData("simplernn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Carried_states_equal_Keras(string layer)
    {
        KerasGolden golden = KerasGolden.Read("stateful_" + layer);
        ModelSpec spec = golden.ModelSpec();
        ModelInterpreter<double> interpreter = ModelInterpreter.Textbook(spec);
        double[] weights = Double(golden.Values("weights"));
        float[][] inputs = golden.List("x");
        float[][] outputs = golden.List("y");
        Assert.Equal(3, inputs.Length);
        double[][]? states = null;
        for (int call = 0; call < inputs.Length; call++)
        {
            InterpretedPass<double> pass = interpreter.Predict(Double(inputs[call]), weights, states);
            Compare($"outputs of call {call}", outputs[call], pass.Outputs, DoubleTolerance);
            states = pass.States;
        }

        Compare("outputs after the reset", golden.Values("y_after_reset"), interpreter.Predict(Double(inputs[0]), weights).Outputs, DoubleTolerance);
    }

    /// <summary>max |ours - reference| against the largest reference value, as the vectors' README says.</summary>
    private static void Compare(string what, IReadOnlyList<float> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        double error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        double allowed = tolerance * expected.Max(e => Math.Abs((double)e)) + 1e-6;
        Assert.True(error <= allowed, FormattableString.Invariant($"{what}: error {error:E2}, allowed {allowed:E2}"));
    }

    private static double[] Double(IEnumerable<float> values) => values.Select(v => (double)v).ToArray();
}
