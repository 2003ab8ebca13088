using GenRnn.Compiler.Spec;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Interpreting;

/// <summary>A causal layer continues what the last call left; another reader of the same sequence has nothing but zeros in front of it.</summary>
public sealed class HistoryReadersTests
{
    private static readonly double[] s_first = [9, 2, 3], s_second = [1, 5, 6];

    /// <summary>Largest of this step and the one before, beside what sees a step on both sides.</summary>
    [Theory]
    [InlineData("AveragePooling1D", new double[] { 3, 3, 5, 4, 6, 5.5 })]
    [InlineData("Conv1D", new double[] { 3, 6, 5, 12, 6, 11 })]
    public void A_reader_beside_a_causal_one_sees_no_call_before(string kind, double[] expected)
    {
        ModelBuilder model = new ModelBuilder("Beside").Sequence(3, 1, ("Name", "X"))
            .Item("MaxPooling1D", ("PoolSize", 2), ("Strides", 1), ("Padding", "Causal"), ("Name", "Behind"))
            .From("X");
        model = kind == "Conv1D" ? model.Conv1D(1, 3, ("Padding", "Same"), ("Name", "Around"))
            : model.Item(kind, ("PoolSize", 3), ("Strides", 1), ("Padding", "Same"), ("Name", "Around"));
        AssertSecondCall(model.From("Behind", "Around").Merge("Concatenate").Build(), kind == "Conv1D" ? [1, 1, 1, 0] : [], expected);
    }

    [Fact]
    public void A_sequence_that_another_follows_starts_it_with_its_own_steps() => AssertSecondCall(
        new ModelBuilder("Followed").Sequence(3, 1, ("Name", "X"))
            .Item("MaxPooling1D", ("PoolSize", 2), ("Strides", 1), ("Padding", "Causal"), ("Name", "Behind"))
            .From("Behind", "X").Item("Concatenate", ("Axis", "Time")).Build(),
        [],
        [3, 5, 6, 1, 5, 6]);

    private static void AssertSecondCall(ModelSpec spec, double[] weights, double[] expected)
    {
        ModelInterpreter<double> model = ModelInterpreter.Textbook(spec);
        double[][] carried = model.Predict(s_first, weights).States;
        Assert.Equal(expected, model.Predict(s_second, weights, carried).Outputs);
    }
}
