using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.EndToEnd.Tests.Running;
using Xunit;

namespace GenRnn.EndToEnd.Tests;

/// <summary>Variables are called as in the reference, in its order and with its shapes: that is what weight files and <c>SetWeights</c> go by.</summary>
public sealed partial class GoldenNameTests
{
    /// <summary>Keras puts a sequential model's name in front of its layers', and none where layers are called one by one.</summary>
    private const string Sequential = "sequential/";

    /// <summary>Cases whose layers have names that the declaration does not repeat: a first lstm_1, and enc and dec.</summary>
    private static readonly string[] s_named = ["random_00", "seq2seq_initial_state"];

    [Fact]
    public void Variables_are_called_as_in_Keras()
    {
        GoldenSuite suite = GoldenSuite.Instance;
        List<string> wrong = [];
        int compared = 0;
        foreach (Plan plan in suite.Plans.Values)
        {
            Tensor[] weights = plan.Case switch
            {
                ModelGolden model => model.Weights,
                StatefulGolden stateful => stateful.Weights,
                InitialStateGolden initial => initial.Weights,
                TrainingGolden training => training.Weights,
                _ => [],
            };
            if (weights.Length == 0 || s_named.Contains(plan.Case.Name) || HasNamedLayers(plan.Case))
                continue;
            compared++;
            string[] expected = [.. weights.Select(w => Text(w.Path.StartsWith(Sequential, StringComparison.Ordinal) ? w.Path[Sequential.Length..] : w.Path, w.Shape))];
            string[] found = [.. suite.CreateModel<float>(plan, GoldenSuite.Variants(plan).First()).Info.Variables.Select(v => Text(OfCell().Replace(v.Path, "/ln_simple_rnn_cell"), v.Shape))];
            if (!expected.SequenceEqual(found))
                wrong.Add($"{plan.Case.Name}:\n    {string.Join("\n    ", expected.Zip(found, (a, b) => a == b ? a : a + ", found " + b))}");
        }

        Assert.True(GoldenFolder.IsReplaced || compared > 100, $"Only {compared} cases have named weights.");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>What the declaration calls the class of the one cell that is no layer of Keras': after its parts.</summary>
    [GeneratedRegex("/simple_rnn_cell[0-9]+_activation_[a-z_]+_tanh")]
    private static partial Regex OfCell();

    /// <summary>Layers of a functional model are called as its author likes.</summary>
    private static bool HasNamedLayers(GoldenCase golden) => golden is ModelGolden { Kind: "graph" } graph && graph.Config.GetProperty("class_name").ValueEquals("Functional");

    private static string Text(string path, IEnumerable<int> shape) => $"{path} [{string.Join(", ", shape)}]";
}
