using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenRnn.EndToEnd.Tests.Reading;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>What a configuration becomes, and what is refused. These read the project's own files, whatever folder the goldens run on.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [InlineData("keras/seed_geron_deep_rnn", """
        [Input(TimeSteps = 50, Features = 1, Batch = 8)]
        [SimpleRnn(20, ReturnSequences = true)]
        [SimpleRnn(20)]
        [Dense(1)]
        public partial class Model;
        """)]
    [InlineData("keras/dense_hard_sigmoid", """
        [Input(Features = 10, Batch = 8)]
        [Dense(5, Activation = Activation.HardSigmoid)]
        public partial class Model;
        """)]
    [InlineData("keras/simplernn_unroll", """
        [Input(TimeSteps = 20, Features = 10, Batch = 8)]
        [SimpleRnn(5, Unroll = Unroll.Full)]
        public partial class Model;
        """)]
    [InlineData("keras/simplernn_return_state_sequences", """
        [Input(TimeSteps = 20, Features = 10, Batch = 8)]
        [SimpleRnn(5, ReturnSequences = true, ReturnState = true)]
        public partial class Model;
        """)]
    [InlineData("keras/stateful_simplernn", """
        [Input(TimeSteps = 4, Features = 3, Batch = 8)]
        [SimpleRnn(5, ReturnSequences = true, Stateful = true)]
        [SimpleRnn(4, Stateful = true)]
        public partial class Model;
        """)]
    [InlineData("keras/initial_state_simplernn", """
        [Input(TimeSteps = 4, Features = 3, Batch = 8)]
        [Input(Features = 5, Name = "H0")]
        [InitialState("H0")]
        [SimpleRnn(5, ReturnSequences = true, ReturnState = true)]
        public partial class Model;
        """)]
    [InlineData("torch/torch_rnn_2layers", """
        [Input(TimeSteps = 6, Features = 5, Batch = 8)]
        [SimpleRnn(9, ReturnSequences = true, ReturnState = true)]
        [SimpleRnn(9, ReturnSequences = true, ReturnState = true)]
        public partial class Model;
        """)]
    [InlineData("tf1/tf1_basic_rnn_initial_state", """
        [Input(TimeSteps = 6, Features = 10, Batch = 8)]
        [Input(Features = 12, Name = "H0")]
        [InitialState("H0")]
        [SimpleRnn(12, ReturnSequences = true, ReturnState = true)]
        public partial class Model;
        """)]
    public void IsWhatAUserWouldWrite(string file, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", Planner.Plan(Read(file)).Declaration.Print("Model", new Variant(8, false)));

    [Fact]
    public void TimeMajorStandsOnTheFirstInput() =>
        Assert.StartsWith(
            "[Input(TimeSteps = 4, Features = 3, Batch = 2, Layout = DataLayout.TimeMajor)]\n[Input(Features = 5, Name = \"H0\")]\n",
            Planner.Plan(Read("keras/initial_state_simplernn")).Declaration.Print("Model", new Variant(2, true)));

    [Theory]
    [InlineData("kernel_regularizer", """{"class_name": "Own", "config": {}}""", "'simple_rnn': kernel_regularizer Own")]
    [InlineData("invented", "1", "the layer 'simple_rnn': SimpleRNN.invented = 1, which Gen does not have")]
    [InlineData("activation", "\"tahn\"", "the layer 'simple_rnn': SimpleRNN.activation = tahn, which Gen does not have")]
    [InlineData("kernel_constraint", """{"class_name": "Own", "config": {}}""", "'simple_rnn': kernel_constraint Own")]
    public void AnUnknownFlagIsRefusedByName(string flag, string value, string message)
    {
        NotSupportedCaseException error = Assert.Throws<NotSupportedCaseException>(() => Declare(flag, value));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("dropout", "0", "[SimpleRnn(5)]")]
    [InlineData("dropout", "0.5", "[SimpleRnn(5, Dropout = 0.5)]")]
    [InlineData("dtype", "\"float16\"", "[SimpleRnn(5)]")]
    [InlineData("zero_output_for_mask", "true", "[SimpleRnn(5, ZeroOutputForMask = true)]")]
    [InlineData("activation", "\"swish\"", "[SimpleRnn(5, Activation = Activation.Silu)]")]
    [InlineData("kernel_initializer", """{"class_name": "HeNormal", "config": {"seed": null}}""", "[SimpleRnn(5, KernelInitializer = Initializer.HeNormal)]")]
    [InlineData("recurrent_initializer", """{"class_name": "Orthogonal", "config": {"gain": 0.5}}""",
        "[Initialize(Weight.Recurrent, Initializer.Orthogonal, Gain = 0.5)] [SimpleRnn(5)]")]
    [InlineData("kernel_initializer", """{"class_name": "VarianceScaling", "config": {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform"}}""",
        "[Initialize(Weight.Kernel, Initializer.VarianceScaling, Scale = 2, Mode = FanMode.FanAverage, IsUniform = true)] [SimpleRnn(5)]")]
    public void AKnownFlagIsWritten(string flag, string value, string expected) => Assert.Equal(expected, Declare(flag, value));

    [Fact]
    public void AnUnknownLayerIsRefusedByName() =>
        Assert.Equal(
            "the layer 'ConvLSTM2D' of the class ConvLSTM2D, which Gen does not have",
            Assert.Throws<NotSupportedCaseException>(() => WrappedLayer.Of("ConvLSTM2D", JsonSerializer.SerializeToElement(new JsonObject()))).Message);

    [Fact]
    public void IdsAndWindowsAreWritten()
    {
        Assert.Contains("[Input(TimeSteps = 6, Batch = 3)]\n[Embedding(11, 4, MaskZero = true)]\n",
            Planner.Plan(Read("keras/embedding_mask_lstm")).Declaration.Print("Model", new Variant(3)), System.StringComparison.Ordinal);
        Assert.Contains("[Conv1D(20, 4, Strides = 2)]\n", Planner.Plan(Read("keras/seed_geron_gru")).Declaration.Print("Model", new Variant(3)), System.StringComparison.Ordinal);
    }

    [Fact]
    public void JointKernelsAreSplit()
    {
        var golden = (Tf1Golden)Read("tf1/tf1_basic_rnn");
        var plan = (PassPlan)Planner.Plan(golden);

        Assert.Equal([10, 12], plan.Weights[0].Shape);
        Assert.Equal([12, 12], plan.Weights[1].Shape);
        Assert.Equal(golden.Weights[0].Values, plan.Weights[0].Values.Concat(plan.Weights[1].Values));
    }

    [Fact]
    public void PyTorchWeightsAreTransposedAndBiasesAdded()
    {
        var golden = (TorchGolden)Read("torch/torch_rnn_2layers");
        var plan = (PassPlan)Planner.Plan(golden);

        Assert.Equal(6, plan.Weights.Count);
        Assert.Equal([5, 9], plan.Weights[0].Shape);
        Assert.Equal(golden.StateDict["weight_ih_l0"].Values[1], plan.Weights[0].Values[9]);
        Assert.Equal(golden.StateDict["bias_ih_l1"].Values[3] + golden.StateDict["bias_hh_l1"].Values[3], plan.Weights[5].Values[3]);
        Assert.Equal(3, plan.Outputs.Count);
        Assert.Equal([3, 6, 9], plan.Outputs[0].Shape);
        Assert.Equal([3, 9], plan.Outputs[2].Shape);
    }

    [Fact]
    public void AStateThatStartsFromAnInputIsDeclaredSo()
    {
        // An input layer H0 as the initial state of the layer, as Keras writes it.
        JsonNode model = JsonNode.Parse(File.ReadAllText(PathOf("keras/simplernn_return_state_sequences")))!["config"]!;
        JsonArray layers = model["config"]!["layers"]!.AsArray();
        JsonNode state = layers[0]!.DeepClone();
        state["name"] = "h0";
        state["config"]!["name"] = "h0";
        state["config"]!["batch_shape"] = new JsonArray(2, 5);
        layers.Insert(1, state);
        layers[2]!["inbound_nodes"]![0]!["kwargs"]!["initial_state"] = JsonNode.Parse(
            """{"class_name": "__keras_tensor__", "config": {"shape": [2, 5], "dtype": "float64", "keras_history": ["h0", 0, 0]}}""");
        model["config"]!["input_layers"] = JsonNode.Parse("""[["h0", 0, 0], ["input_layer", 0, 0]]""");

        KerasDeclaration declared = KerasDeclaration.Of(KerasGraph.Read(JsonSerializer.SerializeToElement(model)));

        Assert.Equal(
            """
            [Input(TimeSteps = 20, Features = 10, Batch = 2)]
            [Input(Features = 5, Name = "H0")]
            [InitialState("H0")]
            [SimpleRnn(5, ReturnSequences = true, ReturnState = true)]
            public partial class Model;

            """.ReplaceLineEndings("\n"),
            declared.Declaration.Print("Model", new Variant(2, false)));
        Assert.Equal([1, 0], declared.Inputs);
        Assert.Equal([0, 1], declared.Outputs);
    }

    private static GoldenCase Read(string file) => GoldenReader.Read(PathOf(file));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Goldens", file + ".json");

    /// <summary>A default SimpleRNN(5) with one flag changed.</summary>
    private static string Declare(string flag, string value)
    {
        JsonNode layer = JsonNode.Parse(File.ReadAllText(PathOf("keras/simplernn_default")))!["config"]!["config"]!["layers"]![1]!["config"]!;
        layer[flag] = JsonNode.Parse(value);
        return string.Join(' ', WrappedLayer.Of("SimpleRNN", JsonSerializer.SerializeToElement(layer)).Declare(LayerUse.Plain));
    }
}
