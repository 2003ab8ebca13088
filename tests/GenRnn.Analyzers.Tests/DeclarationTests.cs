using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Mistakes in a declaration: what is said, on which words, and what the fix makes of it.</summary>
public class DeclarationTests
{
    private const string Layers = "[Input(TimeSteps = 9, Features = 2)] [SimpleRnn(5)]";
    private const string Sequence = "[Input(TimeSteps = 9, Features = 2)]";
    private const string Batch = "[Input(TimeSteps = 9, Features = 2, Batch = 4)]";
    private const string States = "[Input(TimeSteps = 9, Features = 2)] [Input(Features = 5, Name = \"H0\")] [Input(Features = 5, Name = \"cell_0\")]";
    private const string Ids = "[Input(TimeSteps = 9)] [Embedding(30, 4)]";
    private const string Class = "public partial class M;";

    // A source, an ID, the exact message, and the source after the fix (null: the answer is not known).
    [Theory]
    [InlineData($"{Layers} public class [|M|];", "GEN0101", "'M' must be partial, because Gen writes its second part", $"{Layers} public partial class M;")]
    [InlineData($"{Layers} record [|M|];", "GEN0101", null, $"{Layers} partial record M;")]
    [InlineData($"[[|SimpleRnn(5)|]] [Dense(1)] {Class}", "GEN0102", "SimpleRnn of 'M' has no input: write [Input] before the first layer, because it fixes all shapes",
        $"[Input(TimeSteps = 50, Features = 1)]\n[SimpleRnn(5)] [Dense(1)] {Class}")]
    [InlineData($"[[|Dense(1)|]] {Class}", "GEN0102", null, $"[Input(Features = 1)]\n[Dense(1)] {Class}")]
    [InlineData($"[[|Dense(5)|]] {Layers} {Class}", "GEN0102", null, null)]
    [InlineData($"[[|GenRnn.SimpleRnn(5)|]] {Class}", "GEN0102", null, $"[GenRnn.Input(TimeSteps = 50, Features = 1)]\n[GenRnn.SimpleRnn(5)] {Class}")]
    [InlineData($"{Sequence} public partial class [|M|];", "GEN0102", "a model needs at least one layer after [Input]", null)]
    [InlineData($"{Layers} public partial class M;\n[[|Dense(1)|]] partial class M {{ }}", "GEN0103",
        "The attributes of 'M' are spread over several partial declarations, which have no order among them; write all of them on one",
        $"{Layers}\n[Dense(1)] public partial class M;\npartial class M {{ }}")]
    [InlineData($"{Layers} public partial class M;\n[System.Obsolete, [|Dense(1)|]] partial class M {{ }}", "GEN0103", null,
        $"{Layers}\n[Dense(1)] public partial class M;\n[System.Obsolete] partial class M {{ }}")]
    [InlineData($"class O {{ {Layers} partial class [|M|]; }}", "GEN0104", "Gen cannot extend 'M', because 'O' around it is not partial; make it partial too",
        $"partial class O {{ {Layers} partial class M; }}")]
    [InlineData($"{Layers} abstract partial class [|M|];", "GEN0104", "Gen cannot extend 'M', because it is abstract; Load creates an instance: remove 'abstract'", null)]
    [InlineData($"{Layers} [[|Initialize(Weight.Kernel, Initializer.Ones)|]] {Class}", "GEN0105", "'Initialize' modifies the layer after it, but no layer follows",
        $"{Sequence} [Initialize(Weight.Kernel, Initializer.Ones)] [SimpleRnn(5)] {Class}")]
    [InlineData($"[Input(TimeSteps = 9, Features = 2), Lstm(5), [|Bidirectional|]] {Class}", "GEN0105", null, $"[Input(TimeSteps = 9, Features = 2), Bidirectional, Lstm(5)] {Class}")]
    [InlineData($"{Sequence}\n[Lstm(5)]\n[[|Bidirectional(MergeMode.Sum)|]]\n{Class}", "GEN0105", null, $"{Sequence}\n[Bidirectional(MergeMode.Sum)] [Lstm(5)]\n{Class}")]
    [InlineData($"{Layers} [Dense(1, [|Name = \"a b\"|])] {Class}", "GEN0106", "The Name 'a b' of Dense is not an identifier of C#; members of the class are called after it", null)]
    [InlineData($"{Layers} [[|Input(Features = 5)|]] {Class}", "GEN0107",
        "'M' has more than one input without a Name; name all but one, because the parameters of Predict are called after them", null)]
    [InlineData($"{Layers} partial class M {{ public const int [|Batch|] = 1; }}", "GEN0108", "'Batch' is the name of a member that Gen writes; rename yours", null)]
    [InlineData($"{Sequence} [SimpleRnn([|0|])] {Class}", "GEN0204", "units must be positive; SimpleRnn has 0", null)]
    [InlineData($"{Sequence} [SimpleRnn(5)] [Dense([|units: -3|])] {Class}", "GEN0204", "units must be positive; Dense has -3", null)]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Unroll = -2|])] {Class}", "GEN0205", "Unroll must be Unroll.Auto (0), Unroll.Full (-1) or a factor from 1; got -2",
        $"{Sequence} [SimpleRnn(5, Unroll = Unroll.Auto)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, [|ActivationAlpha = double.NaN|])] {Class}", "GEN0205", "'ActivationAlpha' of SimpleRnn must be finite; found NaN", null)]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Stateful = true|])] {Class}", "GEN0206", "Stateful = true needs a fixed batch size: set Batch on [Input]",
        $"[Input(TimeSteps = 9, Features = 2, Batch = 32)] [SimpleRnn(5, Stateful = true)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Activation = Activation.Relu|])] {Class}", "GEN0207",
        "'Relu' does not saturate: in a recurrent layer its state may explode; use Tanh, or clip the gradient", $"{Sequence} [SimpleRnn(5, Activation = Activation.Tanh)] {Class}")]
    [InlineData($"{Sequence} [Lstm(5, [|RecurrentActivation = Activation.Tanh|])] {Class}", "GEN0208",
        "gates should lie between 0 and 1, 'Tanh' does not stay there; use Sigmoid or HardSigmoid", $"{Sequence} [Lstm(5, RecurrentActivation = Activation.Sigmoid)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Dropout = 1.5|])] {Class}", "GEN0213",
        "a rate of dropout lies between 0 and 1; got 1.5", $"{Sequence} [SimpleRnn(5)] {Class}")]
    [InlineData($"{Sequence} [Gru(5)] [Dropout([|-0.1|])] [Dense(1)] {Class}", "GEN0213",
        "a rate of dropout lies between 0 and 1; got -0.1", $"{Sequence} [Gru(5)] [Dropout(0)] [Dense(1)] {Class}")]
    [InlineData($"{Sequence} [Lstm(5, [|RecurrentDropout = 1|])] {Class}", "GEN0214", "a rate of 1: Keras' Lstm then drops nothing at all",
        $"{Sequence} [Lstm(5)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Dropout = 1.0|], RecurrentDropout = 0.5)] {Class}", "GEN0214", "a rate of 1: every input is dropped in training",
        $"{Sequence} [SimpleRnn(5, RecurrentDropout = 0.5)] {Class}")]
    [InlineData($"{Sequence} [SpatialDropout1D([|rate: 1|])] [SimpleRnn(5)] {Class}", "GEN0214", "a rate of 1: every value is dropped in training", null)]
    [InlineData($"{Sequence} [DropoutWrapper(InputKeep = 0.5, [|OutputKeep = 0|])] [SimpleRnn(5)] {Class}", "GEN0215",
        "OutputKeep is the share of the values that training keeps: above 0, and 1 for all; got 0", null)]
    [InlineData("[Cell] [SimpleRnnCell(4)] [DropoutWrapper([|StateKeep = 1.5|])] [LstmCell(5)] public partial class C;", "GEN0215",
        "StateKeep is the share of the values that training keeps: above 0, and 1 for all; got 1.5", null)]
    [InlineData("[DropoutWrapper([|InputKeep = -1|])] [Cell] [LstmCell(5)] public partial class C;", "GEN0215", null, null)]
    [InlineData("[[|Bidirectional|]] [Cell] [LstmCell(5)] public partial class C;", "GEN0105", "'Bidirectional' modifies the layer after it, but [Cell] follows",
        "[Cell] [LstmCell(5)] public partial class C;")]
    [InlineData($"{Sequence} [GaussianNoise([|1.5|])] [SimpleRnn(5)] {Class}", "GEN0205",
        "the standard deviation of GaussianNoise lies between 0 and 1, as in Keras; got 1.5", null)]
    [InlineData($"{Batch} [SimpleRnn(5, Stateful = true, [|GoBackwards = true|])] {Class}", "GEN0209",
        "A stateful SimpleRnn that goes backwards carries the state of a window's first step into the last step of the next window, so windows do not chain; drop Stateful or GoBackwards",
        $"{Batch} [SimpleRnn(5, Stateful = true)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, [|GoBackwards = true|], ReturnSequences = true)] {Class}", "GEN0210",
        "SimpleRnn(5) goes backwards and returns its sequence in that order: its first output belongs to the last time step; drop ReturnSequences or GoBackwards",
        $"{Sequence} [SimpleRnn(5, ReturnSequences = true)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(20)] [[|SimpleRnn(5)|]] {Class}", "GEN0301",
        "SimpleRnn needs (batch, time, features) but SimpleRnn(20) emits (None, 20); it returns only its last step. Set ReturnSequences = true on it",
        $"{Sequence} [SimpleRnn(20, ReturnSequences = true)] [SimpleRnn(5)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(20, ReturnSequences = false)] [Dense(3)] [[|SimpleRnn(5)|]] {Class}", "GEN0301",
        "SimpleRnn needs (batch, time, features) but Dense(3) emits (None, 3), because SimpleRnn(20) returns only its last step. Set ReturnSequences = true on that",
        $"{Sequence} [SimpleRnn(20, ReturnSequences = true)] [Dense(3)] [SimpleRnn(5)] {Class}")]
    [InlineData($"[Input(Features = 2)] [[|SimpleRnn(5)|]] {Class}", "GEN0301",
        "SimpleRnn needs (batch, time, features) but Input emits (None, 2), a vector. Set TimeSteps on [Input]", null)]
    [InlineData($"[Input(TimeSteps = 9, [|Features = 0|])] [SimpleRnn(5)] {Class}", "GEN0302", "Features must be positive; got 0", null)]
    [InlineData($"[[|Input(TimeSteps = 9)|]] [SimpleRnn(5)] {Class}", "GEN0302", "[Input] needs Features", null)]
    [InlineData($"{Sequence} [InitialState([|\"H0\"|])] [SimpleRnn(5)] {Class}", "GEN0303", "no [Input] or layer is named 'H0'", null)]
    [InlineData($"{Sequence} [Input(Features = 5, Name = \"H0\")] [Input(Features = 5, Name = \"Cell\")] [InitialState(\"H0\", [|\"Cel\"|])] [Lstm(5)] {Class}", "GEN0303",
        "no [Input] or layer is named 'Cel'; did you mean 'Cell'?",
        $"{Sequence} [Input(Features = 5, Name = \"H0\")] [Input(Features = 5, Name = \"Cell\")] [InitialState(\"H0\", \"Cell\")] [Lstm(5)] {Class}")]
    [InlineData($"{Layers} [[|InitialState(\"H0\")|]] [Dense(5)] {Class}", "GEN0303", "Dense has no state to start from", null)]
    [InlineData($"{Layers} [Dense(1, [|Activation = Activation.Softmax|])] {Class}", "GEN0304", "Softmax over 1 value is always 1, whatever the weights; use Sigmoid, or a wider layer",
        $"{Layers} [Dense(1, Activation = Activation.Sigmoid)] {Class}")]
    [InlineData($"{Layers} [Dense(1)] [Activation([|Activation.LogSoftmax|])] {Class}", "GEN0304", "LogSoftmax over 1 value is always 0, whatever the weights; use Sigmoid, or a wider layer", null)]
    [InlineData($"{Sequence} [Lstm(5)] [RepeatVector([|0|])] {Class}", "GEN0205", "RepeatVector needs a positive number of steps; got 0", null)]
    [InlineData($"{Sequence} [LayerNormalization([|Epsilon = 0|])] {Class}", "GEN0205",
        "Epsilon must be positive: a constant vector would be divided by zero; got 0", null)]
    [InlineData($"{Sequence} [Lstm(5, ReturnSequences = true)] [GlobalMaxPooling1D] [[|Gru(5)|]] {Class}", "GEN0301",
        "Gru needs (batch, time, features) but GlobalMaxPooling1D emits (None, 5), because GlobalMaxPooling1D leaves no time steps; [RepeatVector] makes new ones", null)]
    [InlineData($"{Sequence} [Lstm(5)] [[|GlobalAveragePooling1D|]] {Class}", "GEN0301",
        "GlobalAveragePooling1D needs (batch, time, features) but Lstm(5) emits (None, 5); it returns only its last step. Set ReturnSequences = true on it",
        $"{Sequence} [Lstm(5, ReturnSequences = true)] [GlobalAveragePooling1D] {Class}")]
    [InlineData($"{Sequence} [[|RepeatVector(3)|]] {Class}", "GEN0306",
        "RepeatVector needs (batch, features) but Input emits (None, 9, 2), which has time steps already", null)]
    [InlineData($"{Sequence} [Lstm(5)] [[|TimeDistributed|]] [Dense(3)] {Class}", "GEN0306",
        "TimeDistributed needs (batch, time, features) but Lstm(5) emits (None, 5); without steps, Dense alone does it",
        $"{Sequence} [Lstm(5, ReturnSequences = true)] [TimeDistributed] [Dense(3)] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 2, Strides = 2, [|DilationRate = 3|])] {Class}", "GEN0205", null, $"{Sequence} [Conv1D(4, 2, Strides = 2)] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 2, [|Strides = 2147483647|], Padding = Padding.Causal)] {Class}", "GEN0205", "Strides is at most 65536; got 2147483647", null)]
    [InlineData($"{Sequence} [Bidirectional] [[|Lstm(2147483647)|]] [Dense(1)] {Class}", "GEN0502", null, null)]
    [InlineData($"{Sequence} [SimpleRnn(5, [|ZeroOutputForMask = true|])] {Class}", "GEN0212", null, $"{Sequence} [SimpleRnn(5)] {Class}")]
    [InlineData("[Cell] [SimpleRnnCell(4)] [[|Budget(MaxParameters = 9)|]] public partial class C;", "GEN0702", "a cell costs what the model does that runs it; write [Budget] on that", null)]
    [InlineData("[Cell(Features = 3)] [Budget([|MaxParameters = 50|])] [LstmCell(5)] public partial class C;", "GEN0504", null, null)]
    [InlineData($"{States} [InitialState([|\"cell_0\", \"H0\"|])] [Lstm(5)] {Class}", "GEN0310",
        "The states of Lstm(5) are h, then c, in Keras' order; 'cell_0' becomes its h and 'H0' its c: exchange the two (TensorFlow 1's LSTMStateTuple is (c, h))",
        $"{States} [InitialState(\"H0\", \"cell_0\")] [Lstm(5)] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 2, Padding = Padding.Causal)] [Conv1D(4, 3, [|Padding = Padding.Same|])] {Class}", "GEN0312",
        "Conv1D(4) with Padding.Same sees later steps, but the other convolutions of this model are causal; use Padding.Causal",
        $"{Sequence} [Conv1D(4, 2, Padding = Padding.Causal)] [Conv1D(4, 3, Padding = Padding.Causal)] {Class}")]
    [InlineData($"{Ids} [[|Bidirectional|]] [Lstm(5, ReturnSequences = true)] [Dense(30, Activation = Activation.Softmax)] {Class}", "GEN0312",
        "Lstm(5) reads the steps from their end as well, but each step chooses among the 30 ids that the model reads, as if to predict the next one; remove [Bidirectional]",
        $"{Ids} [Lstm(5, ReturnSequences = true)] [Dense(30, Activation = Activation.Softmax)] {Class}")]
    [InlineData($"{Ids} [Conv1D(8, 2, [|Padding = Padding.Same|])] [Dense(30)] {Class}", "GEN0312", null, $"{Ids} [Conv1D(8, 2, Padding = Padding.Causal)] [Dense(30)] {Class}")]
    [InlineData($"{Sequence} [[|TimeDistributed|]] [Lstm(5)] {Class}", "GEN0307",
        "TimeDistributed runs a layer of vectors at every step; Lstm is none. Remove [TimeDistributed]", $"{Sequence} [Lstm(5)] {Class}")]
    [InlineData($"{Sequence} [[|Bidirectional|]] [Dense(3)] {Class}", "GEN0307",
        "Bidirectional wraps a recurrent layer; Dense has no direction. Remove [Bidirectional]", $"{Sequence} [Dense(3)] {Class}")]
    [InlineData($"{Sequence} [[|Bidirectional|]] [Bidirectional] [Gru(3)] {Class}", "GEN0307",
        "Gru is bidirectional already. Remove one [Bidirectional]", $"{Sequence} [Bidirectional] [Gru(3)] {Class}")]
    [InlineData($"{Sequence} [Lstm(5, ReturnSequences = true)] [[|Backward|]] [Gru(3)] {Class}", "GEN0307",
        "Backward makes Gru the half of a [Bidirectional] layer that runs backwards, and the layer before it is none, or has that half already: write [Bidirectional] in front of the one that runs forwards",
        $"{Sequence} [Lstm(5, ReturnSequences = true)] [Gru(3)] {Class}")]
    [InlineData($"{Sequence} [Lstm(5)] [[|Backward|]] [Gru(3)] {Class}", "GEN0307", null, $"{Sequence} [Lstm(5)] [Gru(3)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3)] [Backward] [[|Dense(3)|]] {Class}", "GEN0307", "[Backward] stands in front of a recurrent layer; Dense is none, or bidirectional itself", null)]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3, [|GoBackwards = true|])] [Backward] [Gru(3)] {Class}", "GEN0307",
        "this layer of Bidirectional runs forwards, the one after [Backward] runs backwards: remove GoBackwards", $"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Gru(3)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3, ReturnSequences = true)] [Backward] [[|Lstm(4)|]] {Class}", "GEN0313",
        "the layers of both directions are merged, so ReturnSequences must be the same: true forwards, false backwards",
        $"{Sequence} [Bidirectional] [Gru(3, ReturnSequences = true)] [Backward] [Lstm(4, ReturnSequences = true)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Lstm(4, [|ReturnState = true|])] {Class}", "GEN0313", null,
        $"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Lstm(4, ReturnState = false)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Lstm(4, [|GoBackwards = false|])] {Class}", "GEN0313",
        "the layer after [Backward] runs backwards: leave GoBackwards out, or set it to true as Keras does", $"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Lstm(4, GoBackwards = true)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional([|MergeMode.Sum|])] [Gru(3)] [Backward] [Lstm(4)] {Class}", "GEN0313",
        "MergeMode.Sum merges element by element, and the layers give 3 and 4 values; use MergeMode.Concat, or the same units",
        $"{Sequence} [Bidirectional(MergeMode.Concat)] [Gru(3)] [Backward] [Lstm(4)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3)] [Backward] [Lstm([|0|])] {Class}", "GEN0204", "units must be positive; Lstm has 0", null)]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3)] [Backward] [DropoutWrapper([|InputKeep = 2|])] [Lstm(4)] {Class}", "GEN0215", null, null)]
    [InlineData($"{Sequence} [[|DropoutWrapper(OutputKeep = 0.5)|]] [Dense(3)] {Class}", "GEN0307",
        "DropoutWrapper wraps a recurrent layer; Dense has no cell. Remove [DropoutWrapper], or write [Dropout]", $"{Sequence} [Dense(3)] {Class}")]
    [InlineData($"{Sequence} [[|DropoutWrapper(OutputKeep = 0.5)|]] [Bidirectional] [Gru(3)] {Class}", "GEN0307",
        "DropoutWrapper wraps one recurrent layer, and Bidirectional runs two: write it behind [Bidirectional], and each gets masks of its own",
        $"{Sequence} [Bidirectional] [DropoutWrapper(OutputKeep = 0.5)] [Gru(3)] {Class}")]
    [InlineData("[Cell] [SimpleRnnCell(4)] [[|DropoutWrapper(OutputKeep = 0.5)|]] [LayerNormalization] public partial class C;", "GEN0307",
        "DropoutWrapper wraps a cell with the layers after it; LayerNormalization is such a layer. Write it in front of the cell",
        "[Cell] [SimpleRnnCell(4)] [LayerNormalization] public partial class C;")]
    [InlineData($"{Sequence} [Lstm(5)] [[|DropoutWrapper(OutputKeep = 0.5)|]] {Class}", "GEN0105", null, $"{Sequence} [DropoutWrapper(OutputKeep = 0.5)] [Lstm(5)] {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Gru(3, [|GoBackwards = true|])] {Class}", "GEN0307",
        "Bidirectional runs the layer in both directions by itself: remove GoBackwards", $"{Sequence} [Bidirectional] [Gru(3)] {Class}")]
    [InlineData($"[Input(TimeSteps = 900, Features = 2)] [SimpleRnn(5, [|Unroll = Unroll.Full|])] {Class}", "GEN0501",
        "unrolling 900 steps exceeds the method budget of 512; use Unroll.Auto or a factor", $"[Input(TimeSteps = 900, Features = 2)] [SimpleRnn(5, Unroll = Unroll.Auto)] {Class}")]
    [InlineData($"[Input(TimeSteps = 70, Features = 2)] [SimpleRnn(5, [|Unroll = Unroll.Full|])] {Class}", "GEN0503",
        "Unrolling 70 steps makes the code longer, not faster: Unroll.Auto calls one method per step up to 64 steps and loops beyond",
        $"[Input(TimeSteps = 70, Features = 2)] [SimpleRnn(5, Unroll = Unroll.Auto)] {Class}")]
    [InlineData($"[Budget([|MaxParameters = 40|])] {Layers} [Dense(1)] {Class}", "GEN0504",
        "'M' takes 46 parameters, 6 more than its budget of 40: SimpleRnn(5) 40 + Dense(1) 6", null)]
    [InlineData($"{Layers} [Budget([|MaxMultiplyAdds = 99|])] [Dense(3)] {Class}", "GEN0504",
        "'M' takes 330 multiply-adds a row, 231 more than its budget of 99: SimpleRnn(5) 315 + Dense(3) 15", null)]
    [InlineData($"{Layers} [Budget(MaxParameters = 40, [|MaxWorkspaceBytes = 1000L|])] {Class}", "GEN0504", null, null)]
    [InlineData($"[Budget([|MaxParameters = 0|])] {Layers} {Class}", "GEN0205", "MaxParameters must be positive; got 0", null)]
    [InlineData($"[[|Budget(MaxParameters = 5)|]] {Class}", "GEN0102", "Budget of 'M' limits a model that has no input: write [Input], then layers", null)]
    [InlineData("[Input(TimeSteps = 4, Features = 2, Name = \"S\")] [[|Lstm(3)|]] [Input(Features = 5, Name = \"Static\")] [Dense(1)] public partial class M;", "GEN0314", null, null)]
    [InlineData($"{Sequence} [Input(Features = 5, Name = \"H0\")] [[|Gru(5)|]] [Dense(1)] {Class}", "GEN0314",
        "Gru(5) reads [Input] 'H0' as its input, and nothing reads the [Input] without a Name: if it starts from that, write [InitialState(\"H0\")] in front of the layer",
        $"{Sequence} [Input(Features = 5, Name = \"H0\")] [InitialState(\"H0\")] [Gru(5)] [Dense(1)] {Class}")]
    [InlineData($"{Sequence} [[|Lstm(3, Name = \"Encoder\")|]] [Input(TimeSteps = 2, Features = 1, Name = \"T\")] [Dropout(0.5)] [GenRnn.Lstm(3)] {Class}", "GEN0314", null,
        $"{Sequence} [Lstm(3, Name = \"Encoder\")] [Input(TimeSteps = 2, Features = 1, Name = \"T\")] [Dropout(0.5)] [GenRnn.InitialState(\"Encoder\")] [GenRnn.Lstm(3)] {Class}")]
    [InlineData($"{Layers} [Dense(1)] [[|Input(Features = 3, Name = \"Extra\")|]] {Class}", "GEN0314",
        "nothing reads [Input] 'Extra': no layer stands after it and no [InitialState] names it; write its layers after it, or remove it", $"{Layers} [Dense(1)] {Class}")]
    [InlineData("namespace N { class DenseAttribute : System.Attribute { public DenseAttribute(int n) { } } [Input(TimeSteps = 9, Features = 2)] [Lstm(5)] [[|Dense|](1)] public partial class M; }", "GEN0110",
        "'Dense' is 'N.DenseAttribute' here, which hides the attribute of Gen; write 'GenRnn.Dense', or rename that class",
        "namespace N { class DenseAttribute : System.Attribute { public DenseAttribute(int n) { } } [Input(TimeSteps = 9, Features = 2)] [Lstm(5)] [GenRnn.Dense(1)] public partial class M; }")]
    [InlineData($"abstract class Document {{ public abstract void Save(string path); }} {Layers} partial class M : [|Document|];", "GEN0111",
        "'Save' of the base class 'Document' is the name of a member that Gen writes, which would hide it; rename it, or hold that class in a field", null)]
    [InlineData($"class B {{ protected int Batch; }} class D : B; {Layers} partial class M : [|D|];", "GEN0111", null, null)]
    [InlineData($"{Layers} partial class A; {Layers} partial class M : [|A|], System.IDisposable {{ public void Dispose() {{ }} }}", "GEN0111",
        "'M' derives from 'A', which is a model itself: two sets of weights and members in one object; hold the other model in a field, or write all layers in front of one class", null)]
    [InlineData($"{Sequence} [Initialize([|Weight.Recurrent|], Initializer.Ones)] [Dense(5)] {Class}", "GEN0216", "Dense has no Weight.Recurrent; it has Weight.Kernel, Weight.Bias", null)]
    [InlineData($"{Sequence} [Initialize([|Weight.Kernel|], Initializer.Ones)] [Flatten] [Dense(5)] {Class}", "GEN0216", "Flatten has no weights", null)]
    [InlineData($"{Sequence} [Bidirectional] [Lstm(5)] [Backward] [Initialize([|Weight.Gamma|], Initializer.Ones)] [Gru(5)] {Class}", "GEN0216", null, null)]
    [InlineData("[Cell] [Initialize([|Weight.Gamma|], Initializer.Ones)] [LstmCell(5)] public partial class C;", "GEN0216", "LstmCell has no Weight.Gamma; it has Weight.Kernel, Weight.Recurrent, Weight.Bias", null)]
    [InlineData($"{Sequence} [Dense(5, UseBias = false, [|BiasInitializer = Initializer.Ones|])] {Class}", "GEN0217", "BiasInitializer changes nothing: UseBias = false leaves that weight out",
        $"{Sequence} [Dense(5, UseBias = false)] {Class}")]
    [InlineData($"{Sequence} [[|Initialize(Weight.Gamma, Initializer.Zeros)|]] [LayerNormalization(Scale = false)] {Class}", "GEN0217", "[Initialize] changes nothing: Scale = false leaves that weight out",
        $"{Sequence} [LayerNormalization(Scale = false)] {Class}")]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros, [|Gain = 2|])] [Dense(5)] {Class}", "GEN0217",
        "Gain changes nothing: Initializer.Zeros does not use it; Orthogonal and Identity do", $"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros)] [Dense(5)] {Class}")]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros)] [Dense(5, [|KernelInitializer = Initializer.Ones|])] {Class}", "GEN0217",
        "KernelInitializer changes nothing: [Initialize(Weight.Kernel, ...)] goes before it", $"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros)] [Dense(5)] {Class}")]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros)] [[|Initialize(Weight.Kernel, Initializer.Ones)|]] [Dense(5)] {Class}", "GEN0217", null,
        $"{Sequence} [Initialize(Weight.Kernel, Initializer.Zeros)] [Dense(5)] {Class}")]
    [InlineData($"{Sequence} [Dense(5, Activation = Activation.Relu, [|ActivationAlpha = 0.1|])] {Class}", "GEN0217",
        "ActivationAlpha changes nothing: Relu has no such number; LeakyRelu and Elu have", $"{Sequence} [Dense(5, Activation = Activation.Relu)] {Class}")]
    [InlineData($"{Sequence} [Gru(5)] [Dropout(0.5, [|SharedOverTime = true|])] {Class}", "GEN0217", "SharedOverTime changes nothing: Gru(5) emits a vector, which has no time steps",
        $"{Sequence} [Gru(5)] [Dropout(0.5)] {Class}")]
    [InlineData($"{Sequence} [[|DropoutWrapper(Variational = true)|]] [Gru(5)] {Class}", "GEN0217",
        "[DropoutWrapper] changes nothing: all of InputKeep, OutputKeep and StateKeep are 1, which drops nothing", $"{Sequence} [Gru(5)] {Class}")]
    [InlineData($"{Sequence} [Lstm(5, UseBias = false, [|UnitForgetBias = true|])] {Class}", "GEN0217", null, $"{Sequence} [Lstm(5, UseBias = false)] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 1, [|DilationRate = 2|])] {Class}", "GEN0217", null, $"{Sequence} [Conv1D(4, 1)] {Class}")]
    [InlineData($"[Input(Features = 3, [|Layout = DataLayout.TimeMajor|])] [Dense(5)] {Class}", "GEN0217", "Layout changes nothing: no [Input] has time steps", $"[Input(Features = 3)] [Dense(5)] {Class}")]
    [InlineData($"{Sequence} [Masking] [Bidirectional] [Gru(5, [|ZeroOutputForMask = true|])] {Class}", "GEN0217", null, $"{Sequence} [Masking] [Bidirectional] [Gru(5)] {Class}")]
    [InlineData("[Cell] [SimpleRnnCell(4)] [LayerNormalization([|Name = \"Norm\"|])] public partial class C;", "GEN0217",
        "Name changes nothing: inside a cell weights are called after the kinds of their layers", "[Cell] [SimpleRnnCell(4)] [LayerNormalization()] public partial class C;")]
    [InlineData($"{Sequence} [Conv1D(4, 2, [|KernelInitializer = Initializer.Identity|])] {Class}", "GEN0218", "Identity fills matrices; Weight.Kernel of Conv1D has 3 axes", null)]
    [InlineData($"{Sequence} [Initialize(Weight.Bias, [|Initializer.Orthogonal|])] [Lstm(4)] {Class}", "GEN0218",
        "Orthogonal makes the rows or columns of a matrix orthogonal; Weight.Bias of Lstm is a vector", null)]
    [InlineData($"{Sequence} [Lstm(4, UsePeepholes = true, [|KernelInitializer = Initializer.Orthogonal|])] {Class}", "GEN0218",
        "Orthogonal fills matrices; the peepholes of Lstm, which start as Weight.Kernel does, are vectors", null)]
    [InlineData($"{Sequence} [Initialize(Weight.Bias, [|Initializer.Identity|])] [Gru(4, ResetAfter = false)] {Class}", "GEN0218", null, null)]
    [InlineData($"{Sequence} [Regularize([|Weight.Recurrent|], L2 = 0.1)] [Dense(5)] {Class}", "GEN0216", "Dense has no Weight.Recurrent; it has Weight.Kernel, Weight.Bias", null)]
    [InlineData($"{Sequence} [Constrain([|Weight.MovingMean|], ConstraintKind.NonNegative)] [BatchNormalization] {Class}", "GEN0216",
        "Weight.MovingMean follows the batches and is not trained: there is nothing to say about it by [Constrain]", null)]
    [InlineData($"{Sequence} [Constrain([|Weight.Activity|], ConstraintKind.NonNegative)] [Gru(5)] {Class}", "GEN0216", null, null)]
    [InlineData("[Cell] [Regularize([|Weight.Activity|], L2 = 0.1)] [LstmCell(5)] public partial class C;", "GEN0216",
        "a part of a cell gives nothing by itself: write [Regularize(Weight.Activity)] in front of the layer that runs the cell", null)]
    [InlineData($"{Sequence} [Gru(5)] [Regularize([|Weight.Activity|], L2 = 0.1)] [Dropout(0.5)] {Class}", "GEN0216", "Dropout computes nothing: write [Regularize(Weight.Activity)] in front of the layer before it", null)]
    [InlineData($"{Sequence} [[|Regularize(Weight.Kernel)|]] [Gru(5)] {Class}", "GEN0217", "[Regularize] changes nothing: it has no factor; write L1, L2 or Orthogonal, as in L2 = 0.01", $"{Sequence} [Gru(5)] {Class}")]
    [InlineData($"{Sequence} [Regularize(Weight.Kernel, L2 = 0.1)] [[|Regularize(Weight.Kernel, L1 = 0.1)|]] [Gru(5)] {Class}", "GEN0217", null, $"{Sequence} [Regularize(Weight.Kernel, L2 = 0.1)] [Gru(5)] {Class}")]
    [InlineData($"{Sequence} [Regularize(Weight.Kernel, L2 = 0.1, [|Mode = OrthogonalMode.Columns|])] [Gru(5)] {Class}", "GEN0217", "Mode changes nothing: only Orthogonal is of rows or columns",
        $"{Sequence} [Regularize(Weight.Kernel, L2 = 0.1)] [Gru(5)] {Class}")]
    [InlineData($"{Sequence} [[|Regularize(Weight.Bias, L2 = 0.1)|]] [Gru(5, Trainable = false)] [Dense(1)] {Class}", "GEN0217", "[Regularize] changes nothing: Trainable = false leaves the weights of Gru as they are",
        $"{Sequence} [Gru(5, Trainable = false)] [Dense(1)] {Class}")]
    [InlineData($"{Sequence} [[|Constrain(Weight.Bias, ConstraintKind.UnitNorm)|]] [Gru(5, UseBias = false)] {Class}", "GEN0217", null, $"{Sequence} [Gru(5, UseBias = false)] {Class}")]
    [InlineData($"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.UnitNorm, [|Max = 2|])] [Gru(5)] {Class}", "GEN0217",
        "Max changes nothing: ConstraintKind.UnitNorm does not use it; MaxNorm and MinMaxNorm do", $"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.UnitNorm)] [Gru(5)] {Class}")]
    [InlineData($"{Sequence} [BatchNormalization(Trainable = false, [|Momentum = 0.5|])] [Dense(1)] {Class}", "GEN0217", "Momentum changes nothing: Trainable = false keeps the moving statistics as they are",
        $"{Sequence} [BatchNormalization(Trainable = false)] [Dense(1)] {Class}")]
    [InlineData($"{Sequence} [Regularize(Weight.Bias, [|Orthogonal = 0.1|])] [Lstm(4)] {Class}", "GEN0219", "Orthogonal is of the rows or columns of a matrix; Weight.Bias of Lstm is a vector", null)]
    [InlineData($"{Sequence} [Regularize(Weight.Activity, [|Orthogonal = 0.1|])] [Lstm(4)] {Class}", "GEN0219", "Orthogonal is of a matrix of weights; what a layer gives takes L1 and L2", null)]
    [InlineData($"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.MaxNorm, [|Axis = 2|])] [Lstm(4)] {Class}", "GEN0219", "Weight.Kernel of Lstm has 2 axes, so an axis is -2 to 1; got 2", null)]
    [InlineData($"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.MaxNorm, [|Axes = new[] {{ 0, 2 }}|])] [Conv1D(4, 2)] {Class}", "GEN0219", "axes along which a norm is taken are different and adjacent; got 0, 2", null)]
    [InlineData($"{Sequence} [Regularize(Weight.Kernel, [|L2 = -1|])] [Lstm(4)] {Class}", "GEN0205", "L2 must not be negative: training would make the penalty as large as it can; got -1", null)]
    [InlineData($"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.MinMaxNorm, [|Min = 2|])] [Lstm(4)] {Class}", "GEN0205", "norms lie between Min and Max; got 2 and 1", null)]
    [InlineData($"{Sequence} [Constrain(Weight.Kernel, ConstraintKind.MinMaxNorm, [|Rate = 2|])] [Lstm(4)] {Class}", "GEN0205", "Rate lies between 0 and 1; got 2", null)]
    [InlineData($"{Sequence} [Regularize([|Weight.Activity|], L2 = 0.1)] [SimpleRnn(4)] {Class}", "GEN0406",
        "Keras 3.15 takes the activity penalty of SimpleRNN and drops it; Gen applies it, so losses and weights differ from Keras' from the first step on", null)]
    [InlineData($"{Sequence} [TimeDistributed] [Regularize([|Weight.Activity|], L2 = 0.1)] [Dense(4)] {Class}", "GEN0406", null, null)]
    [InlineData($"{Sequence} [Bidirectional] [Lstm(4)] [Backward] [Regularize(Weight.Activity, L2 = 0.1)] [[|SimpleRnn(4)|]] {Class}", "GEN0406", null, null)]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.RandomNormal, [|StandardDeviation = -1|])] [Gru(4)] {Class}", "GEN0205", "StandardDeviation must not be negative; got -1", null)]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.VarianceScaling, [|Scale = 0|])] [Gru(4)] {Class}", "GEN0205", "Scale must be positive; got 0", null)]
    [InlineData($"{Sequence} [Initialize(Weight.Kernel, Initializer.RandomUniform, [|Minimum = 1|])] [Gru(4)] {Class}", "GEN0205", "the random numbers lie between Minimum and Maximum; got 1 and 0.05", null)]
    [InlineData($"[Input(TimeSteps = 9, Features = 2, Name = \"S\")] [Input(Features = 4, Name = \"H\", [|Layout = DataLayout.TimeMajor|])] [InitialState(\"H\")] [Gru(4)] {Class}", "GEN0302",
        "Layout stands on the first [Input] only", null)]
    public async Task Is_found_and_fixed(string marked, string id, string? message, string? @fixed)
    {
        const string Using = "using GenRnn;\n";
        await AnalyzerHost.AssertFindsAsync(Using + marked, id, message);

        using var host = new FixHost([MarkedSource.Parse(Using + marked).Text]);
        string? title = await host.FixAsync(id);
        Assert.Equal(@fixed is null ? null : Using + @fixed, title is null ? null : host.Texts[0]);

        // A fix that leaves its own mistake behind is none. (A stack may hold the next one; those have tests of their own.)
        if (@fixed is not null)
            Assert.DoesNotContain(await AnalyzerHost.RunAsync(Using + @fixed), d => d.Id == id);
    }

    [Theory]
    [InlineData($"{Sequence} [SimpleRnn(5, [|Activation = Activation.HardSigmoid|])] {Class}", "GEN0211",
        "HardSigmoid is Keras 3's, clip(x/6 + 1/2, 0, 1); Keras 2 computes clip(x/5 + 1/2, 0, 1), so weights of a Keras 2 model give other outputs")]
    [InlineData($"{Sequence} [[|SimpleRnn|](5, ReturnSequences = true)] [[|Dense|](3)] {Class}", "GEN0305",
        "SimpleRnn(5): output (None, 9, 5), 40 parameters, 315 multiply-adds a row")]
    [InlineData($"{Sequence} [Lstm(5, ReturnSequences = true)] [[|TimeDistributed|]] [Dense(3)] {Class}", "GEN0311",
        "Dense works on every step by itself: [TimeDistributed] only gives its variables the paths that they have in Keras' files")]
    public async Task Is_said_when_asked_for(string marked, string id, string message)
    {
        await AnalyzerHost.AssertFindsAsync("using GenRnn;\n" + marked, id, message, enabled: id);
        Assert.Empty(await AnalyzerHost.RunAsync("using GenRnn;\n" + MarkedSource.Parse(marked).Text));
    }

    // One cause, one message: later shapes are taken as they were meant.
    [Theory]
    [InlineData($"{Sequence} [SimpleRnn([|0|])] [SimpleRnn(5)] [Dense(1)] {Class}", "GEN0204")]
    [InlineData($"[Input([|TimeSteps = -1|], Features = 2)] [SimpleRnn(5)] [SimpleRnn(5)] {Class}", "GEN0302")]
    [InlineData($"{Sequence} [SimpleRnn(5)] [[|SimpleRnn(6, ReturnSequences = true)|]] [SimpleRnn(7)] [Dense(1)] {Class}", "GEN0301")]
    [InlineData($"{Sequence} [SimpleRnn(5)] [[|SimpleRnn(6)|]] [[|SimpleRnn(7)|]] {Class}", "GEN0301")]
    [InlineData($"{Sequence} [SimpleRNN(5, ReturnSequences = true)] [SimpleRnn([|0|])] {Class}", "GEN0204")]
    [InlineData($"{Sequence} [SimpleRnn(5, ReturnSequence = true)] [SimpleRnn(6)] {Class}", "")]
    [InlineData($"{Sequence} [Lsmtx(5)] [SimpleRnn(0)] [Dense(0)] {Class}", "")]
    [InlineData($"[[|SimpleRnn(5)|]] [SimpleRnn(5)] [Dense(0)] {Class}", "GEN0102")]
    [InlineData($"{Sequence} [Gru(3, Name = \"Encoder\")] [Input(TimeSteps = 4, Features = 2, Name = \"T\")] [Gru(3)] [Lsmtx(5)] {Class}", "")]
    public Task Only_the_first_of_a_chain_is_said(string marked, string id) => AnalyzerHost.AssertFindsAsync("using GenRnn;\n" + marked, id, null);

    // Classes are found by how their attributes are spelt; a project may spell them its own way.
    [Theory]
    [InlineData("using Start = GenRnn.InputAttribute; using Recurrent = GenRnn.SimpleRnnAttribute; [Start(TimeSteps = 9, Features = 2)] [Recurrent([|0|])] public partial class M;")]
    [InlineData("namespace N { using Start = GenRnn.InputAttribute; [Start(TimeSteps = 9, Features = 2)] [GenRnn.SimpleRnn([|0|])] public partial class M; }")]
    [InlineData("using G = GenRnn; [G::InputAttribute(TimeSteps = 9, Features = 2), G::SimpleRnnAttribute([|0|])] public partial class M;")]
    public Task Attributes_may_have_other_names(string marked) => AnalyzerHost.AssertFindsAsync(marked, "GEN0204", null);

    [Theory]
    [InlineData($"{Layers} {Class}")]
    [InlineData($"{Layers} [Dense(3, Activation = Activation.Softmax)] {Class}")]
    [InlineData($"{Batch} [SimpleRnn(5, Stateful = true)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, GoBackwards = true)] {Class}")]
    [InlineData($"{Sequence} [SimpleRnn(5, Unroll = Unroll.Full)] {Class}")]
    [InlineData($"[Input(TimeSteps = 900, Features = 2)] [SimpleRnn(5, Unroll = 8)] {Class}")]
    [InlineData($"[Input(TimeSteps = 900, Features = 2)] [SimpleRnn(5, ReturnSequences = true)] [Input(Features = 4, Name = \"H0\")] [InitialState(\"H0\")] [SimpleRnn(4)] {Class}")]
    [InlineData($"{Layers} [System.Obsolete] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 2, Padding = Padding.Causal)] [Conv1D(4, 1, Padding = Padding.Same)] {Class}")]
    [InlineData($"{Sequence} [Conv1D(4, 3, Padding = Padding.Same)] [Conv1D(4, 3, Padding = Padding.Same)] [Gru(4)] {Class}")]
    [InlineData($"{Ids} [Bidirectional] [Lstm(5, ReturnSequences = true)] [Dense(9, Activation = Activation.Softmax)] {Class}")]
    [InlineData($"{Ids} [Bidirectional] [Lstm(5)] [Dense(30, Activation = Activation.Softmax)] {Class}")]
    [InlineData($"{Ids} [Conv1D(8, 2, Padding = Padding.Causal)] [Dense(30)] {Class}")]
    [InlineData("[Cell(Features = 3)] [Budget(MaxParameters = 500)] [LstmCell(5)] public partial class C;")]
    [InlineData($"{States} [InitialState(\"H0\", \"cell_0\")] [Lstm(5)] {Class}")]
    [InlineData("[Input(TimeSteps = 9, Features = 2)] [Input(Features = 5, Name = \"First\")] [Input(Features = 5, Name = \"H0\")] [InitialState(\"First\", \"H0\")] [Lstm(5)] public partial class M;")]
    [InlineData("[Input(TimeSteps = 9, Features = 2)] [Input(Features = 5, Name = \"C\")] [Input(Features = 5, Name = \"H\")] [Bidirectional] [InitialState(\"C\", \"H\")] [Gru(5)] public partial class M;")]
    [InlineData($"[Budget(MaxParameters = 40, MaxWorkspaceBytes = 5_000_000_000, MaxMultiplyAdds = 315)] {Layers} {Class}")]
    [InlineData($"{Sequence} [Bidirectional] [Budget(MaxParameters = 1000)] [Lstm(5)] {Class}")]
    [InlineData($"class NotOurs; [System.Obsolete] class NeitherOurs;")]
    [InlineData("namespace N { class DenseAttribute : System.Attribute; [Dense] class Theirs; [Input(TimeSteps = 9, Features = 2)] [Lstm(5)] [N.Dense] public partial class M; }")]
    [InlineData($"class B {{ public void Save(System.IO.Stream to) {{ }} public void Run(int a, int b, int c) {{ }} private int Batch; }} {Layers} partial class M : B;")]
    [InlineData($"{Sequence} [Initialize(Weight.Bias, Initializer.Orthogonal)] [Initialize(Weight.Recurrent, Initializer.Identity, Gain = 0.5)] [Gru(4)] {Class}")]
    [InlineData("[Cell] [SimpleRnnCell(4)] [Dropout(0.5, SharedOverTime = true)] public partial class C;")]
    public async Task Good_source_is_silent(string source) => Assert.Empty(await AnalyzerHost.RunAsync("using GenRnn;\n" + source));

    // The plan of the arena may change, what is said of it not.
    [Fact]
    public async Task A_workspace_beyond_its_budget_comes_with_gradients_arena_and_largest_buffers()
    {
        Diagnostic found = Assert.Single(await AnalyzerHost.RunAsync($"using GenRnn;\n[Budget(MaxWorkspaceBytes = 1000)] {Layers} [Dense(1)] {Class}"));

        Assert.Matches(
            @"^'M' takes [\d,]+ bytes of workspace, [\d,]+ more than its budget of 1,000: gradients SimpleRnn\(5\) 160 \+ Dense\(1\) 24, and an arena of [\d,]+ for 32 rows, in which the largest buffers are .*simple_rnn[^ ]* [\d,]+",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Attributes_spread_over_files_are_brought_together()
    {
        using var host = new FixHost([
            "using GenRnn;\nnamespace N\n{\n    /// <summary>A model.</summary>\n    [Input(TimeSteps = 9, Features = 2)]\n    [SimpleRnn(5)]\n    public partial class M\n    {\n    }\n}\n",
            "using GenRnn;\nnamespace N\n{\n    // The head.\n    [Dense(3)]\n    [Activation(Activation.Softmax)]\n    public partial class M\n    {\n    }\n}\n",
        ]);

        Assert.Equal("Move all layers of 'M' to its first declaration", await host.FixAsync("GEN0103"));

        Assert.Equal("using GenRnn;\nnamespace N\n{\n    /// <summary>A model.</summary>\n    [Input(TimeSteps = 9, Features = 2)]\n    [SimpleRnn(5)]\n    [Dense(3)]\n    [Activation(Activation.Softmax)]\n    public partial class M\n    {\n    }\n}\n", host.Texts[0]);
        Assert.Equal("using GenRnn;\nnamespace N\n{\n    // The head.\n    public partial class M\n    {\n    }\n}\n", host.Texts[1]);
    }
}
