using System;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.CodeFixes.Keras;
using Xunit;

namespace GenRnn.Analyzers.Tests.Fixes;

/// <summary>Lines of Keras, pasted above a class, become attributes.</summary>
public class KerasTests
{
    [Theory]
    [InlineData("// keras.layers.SimpleRNN(20, return_sequences=True, input_shape=[None, 1]),\n// keras.layers.SimpleRNN(20),\n// keras.layers.Dense(1)\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[SimpleRnn(20, ReturnSequences = true)]\n[SimpleRnn(20)]\n[Dense(1)]\n")]
    [InlineData("// model = Sequential([Input((50, 3), batch_size=16), SimpleRNN(units=8, activation='relu', use_bias=False), Dense(2, 'softmax')])\n",
        "[Input(TimeSteps = 50, Features = 3, Batch = 16)]\n[SimpleRnn(8, Activation = Activation.Relu, UseBias = false)]\n[Dense(2, Activation = Activation.Softmax)]\n")]
    [InlineData("/* layers.SimpleRNN(\n *     8,\n *     stateful=True,\n *     unroll=True,\n *     name=\"Memory\",\n *     batch_input_shape=(4, 10, 2))\n * layers.Activation(\"tanh\") */\n",
        "[Input(TimeSteps = 10, Features = 2, Batch = 4)]\n[SimpleRnn(8, Stateful = true, Unroll = Unroll.Full, Name = \"Memory\")]\n[Activation(Activation.Tanh)]\n")]
    [InlineData("// layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(), bias_initializer=\"zeros\")\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[Dense(3, KernelInitializer = Initializer.HeNormal)]\n")]
    [InlineData("// layers.Bidirectional(layers.LSTM(20), backward_layer=layers.GRU(10, go_backwards=True), input_shape=[9, 2])\n",
        "[Input(TimeSteps = 9, Features = 2)]\n[Bidirectional]\n[Lstm(20)]\n[Backward]\n[Gru(10, GoBackwards = true)]\n")]
    [InlineData("// layers.Bidirectional(layers.LSTM(20, return_sequences=True), merge_mode='sum', input_shape=[9, 2]),\n// TimeDistributed(Dense(10, activation='softmax'))\n",
        "[Input(TimeSteps = 9, Features = 2)]\n[Bidirectional(MergeMode.Sum)]\n[Lstm(20, ReturnSequences = true)]\n[TimeDistributed]\n[Dense(10, Activation = Activation.Softmax)]\n")]
    [InlineData("// layers.Embedding(5000, 32, mask_zero=True, input_length=30)\n// layers.GRU(8)\n", "[Input(TimeSteps = 30)]\n[Embedding(5000, 32, MaskZero = true)]\n[Gru(8)]\n")]
    [InlineData("// layers.Conv1D(filters=20, kernel_size=2, padding=\"causal\", activation=\"relu\", dilation_rate=2, input_shape=[None, 1])\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[Conv1D(20, 2, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.Relu)]\n")]
    [InlineData("// keras.layers.Masking(mask_value=-1., input_shape=[6, 2]),\n// keras.layers.GRU(8, return_sequences=True, zero_output_for_mask=True)\n",
        "[Input(TimeSteps = 6, Features = 2)]\n[Masking(-1)]\n[Gru(8, ReturnSequences = true, ZeroOutputForMask = true)]\n")]
    [InlineData("// LSTM(20, return_sequences=True, recurrent_activation='sigmoid')\n// GRU(5, reset_after=True)\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[Lstm(20, ReturnSequences = true)]\n[Gru(5)]\n")]
    [InlineData("// GRU(5, reset_after=False, dropout=0.2, return_state=True)\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[Gru(5, ResetAfter = false, Dropout = 0.2, ReturnState = true)]\n")]
    [InlineData("// layers.Dense(8, kernel_regularizer=keras.regularizers.L2(1e-3), bias_initializer=keras.initializers.Constant(0.5))\n",
        "[Input(TimeSteps = 50, Features = 1)]\n[Regularize(Weight.Kernel, L2 = 0.001)]\n[Initialize(Weight.Bias, Initializer.Constant, Value = 0.5)]\n[Dense(8)]\n")]
    [InlineData("// layers.MaxPooling1D(2, input_shape=[12, 4])\n// layers.Reshape((4, 6))\n// layers.LeakyReLU(0.1)\n",
        "[Input(TimeSteps = 12, Features = 4)]\n[MaxPooling1D(2)]\n[Reshape(4, 6)]\n[LeakyRelu(0.1)]\n")]
    public async Task Comments_become_attributes_that_compile(string comments, string attributes)
    {
        using var host = new FixHost(["using GenRnn;\n\n" + comments + "public partial class Forecaster;\n"]);

        Assert.Equal("Declare the layers of 'Forecaster' as Keras' lines do", await host.RefactorAsync(new KerasToAttributesRefactoring(), "using GenRnn;\n\n".Length));

        Assert.Equal("using GenRnn;\n\n" + comments + attributes + "public partial class Forecaster;\n", host.Texts[0]);
        Assert.DoesNotContain(await AnalyzerHost.FindAllAsync(host.Texts[0]), d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_string_above_the_class_will_do()
    {
        const string Source = "using GenRnn;\nclass Notes { const string Python = \"\"\"\n    keras.layers.SimpleRNN(20)\n    \"\"\"; }\nclass Other;\n    public partial class M;\n";
        using var host = new FixHost([Source]);

        Assert.NotNull(await host.RefactorAsync(new KerasToAttributesRefactoring(), Source.IndexOf("keras", StringComparison.Ordinal)));

        Assert.EndsWith("class Other;\n    [Input(TimeSteps = 50, Features = 1)]\n    [SimpleRnn(20)]\n    public partial class M;\n", host.Texts[0], StringComparison.Ordinal);
    }

    // What Gen does not have stays visible: the compiler underlines it.
    [Fact]
    public async Task Nothing_is_dropped()
    {
        using var host = new FixHost(["using GenRnn;\n// layers.ConvLSTM1D(4, kernel_size=3)\n// layers.Dense(2, shiny=0.5)\n// layers.Conv1D(width, 3, activation='relu')\npartial class M;\n"]);

        await host.RefactorAsync(new KerasToAttributesRefactoring(), "using GenRnn;\n".Length);

        Assert.Contains("[ConvLSTM1D(4, KernelSize = 3)]\n[Dense(2, Shiny = 0.5)]\n[Conv1D(width, 3, Activation = Activation.Relu)]\n", host.Texts[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using GenRnn;\n// layers.Dense(2)\nclass NotPartial;\n")]
    [InlineData("using GenRnn;\n// A class of its own.\npartial class M;\n")]
    [InlineData("using GenRnn;\n// layers.Dense(2)\n[Input(Features = 1)] [Dense(1)] partial class M;\n")]
    [InlineData("using GenRnn;\n// layers.Dense(2\npartial class M;\n")]
    [InlineData("using GenRnn;\n// Dense('((\npartial class M;\n")]
    public async Task Where_there_is_nothing_to_do_nothing_is_offered(string source)
    {
        using var host = new FixHost([source]);
        for (int position = 0; position <= source.Length; position++)
            Assert.Null(await host.RefactorAsync(new KerasToAttributesRefactoring(), position));
    }
}
