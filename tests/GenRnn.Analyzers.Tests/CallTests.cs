using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Mistakes where models are used.</summary>
public class CallTests
{
    private const string Models = """
        using GenRnn;
        [Input(TimeSteps = 50, Features = 1, Batch = 8)] [SimpleRnn(4)] [Dense(2)]
        public partial class Forecaster;
        [Input(TimeSteps = 50, Features = 1, Batch = 8)] [SimpleRnn(4, Stateful = true)] [Dense(2)]
        public partial class Carried;
        [Input(TimeSteps = 50, Features = 1)] [SimpleRnn(4, GoBackwards = true)] [Activation(Activation.LogSoftmax)]
        public partial class Backwards;
        [Input(TimeSteps = 6, Features = 3, Name = "Series")] [Input(Features = 5, Name = "H0")] [InitialState("H0")] [SimpleRnn(5, ReturnState = true, Name = "Memory")]
        public partial class Given;
        [Input(TimeSteps = 6, Features = 3, Name = "Series")] [Input(Features = 5, Name = "Start")] [Input(Features = 5, Name = "C0")] [InitialState("Start", "C0")]
        [Lstm(5, ReturnState = true, Name = "Memory")]
        public partial class Remembering;
        [Input(TimeSteps = 50, Features = 2, Layout = DataLayout.TimeMajor)] [SimpleRnn(4)]
        public partial class TimeFirst;
        [Input(TimeSteps = 50, Features = 2)] [SimpleRnn(4, ReturnSequences = true)] [Dense(3)]
        public partial class Stepwise;
        [Input(TimeSteps = 2)] [Embedding(9, 3)] [SimpleRnn(4)]
        public partial class Worded;
        [Input(TimeSteps = 9, Lengths = true)] [Embedding(5, 3)] [SimpleRnn(4)]
        public partial class WordedRows;
        [Input(TimeSteps = 6, Features = 3, Lengths = true)] [Gru(5)]
        public partial class Packed;
        [Input(TimeSteps = 10, Features = 3, Batch = 4)] [SimpleRnn(7, Stateful = true, ReturnSequences = true)] [Dense(2)]
        public partial class Wide;
        [Input(TimeSteps = 6, Features = 3)] [Lstm(5, ReturnState = true, Name = "Memory")]
        public partial class Opened;
        [Cell(Features = 3)] [LstmCell(5)]
        public partial class Stepped;
        [Input(TimeSteps = 4)] [Embedding(9, 3, MaskZero = true)] [Gru(4)]
        public partial class Skipping;
        [Input(TimeSteps = 9, Features = 1)] [Conv1D(4, 4, Padding = Padding.Same, DilationRate = 2)] [SimpleRnn(4)]
        public partial class Seeing;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4)] [Dense(3)]
        public partial class Logits;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4)] [Dense(3, Activation = Activation.Sigmoid)]
        public partial class Independent;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4)] [Dense(3, Activation = Activation.Softmax)]
        public partial class Choice;
        [Input(TimeSteps = 9, Features = 1)] [SimpleRnn(4, ReturnSequences = true)] [Dense(3, Activation = Activation.Softmax)]
        public partial class Choices;
        [Input(TimeSteps = 9, Features = 1)] [Lstm(1)]
        public partial class Remembered;
        public static class More { public static void Step(this Backwards b, int i) { } }
        namespace Xunit { public static class Assert { public static void Throws<T>(System.Action act) { } } }
        """;

    private const string Before = """
        using System;
        using System.Threading.Tasks;
        using GenRnn;
        file static class Case
        {
            private const int Steps = 49;
            public static void Use(Forecaster f, Carried c, Backwards b, Given g, Remembering r, TimeFirst t, Stepwise p, Packed k, Worded v, Stepped q, WordedRows w2, Skipping m, Seeing e, Logits l, Independent i1, Choice ch, Choices chs, Remembered rd, Wide wd, Opened op, int n, float[] a, float[] x, float[] y, float[] d, DataSet<float> data)
            {
                var s = f.CreateState();
                var w = f.CreateWorkspace();

        """;

    private const string After = "\n    }\n}\n";

    /// <summary>A call with what is underlined, the ID, and the exact message; null where a case before says it already.</summary>
    public static TheoryData<string, string, string?> Mistakes { get; } = new()
    {
        { "f.Predict([|new float[49]|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 49" },
        { "k.Predict(new float[36], [|new int[3]|], y);", "GEN0601", "'lengths' of Packed.Predict must hold 2 values, 1 for each of the 2 rows of 'input'; found 3" },
        { "k.Predict([|new float[38]|], new int[2], y);", "GEN0601", "'input' of Packed.Predict holds rows of 18 values; found 38" },
        { "k.Forward(new float[36], [2, 6], [|new float[6]|], k.CreateWorkspace());", "GEN0601", "'output' of Packed.Forward holds rows of 5 values; found 6" },
        { "k.Predict([|new float[36]|], y);", "GEN0601",
            "'Packed' declares lengths of rows, and this Predict takes them packed behind the rows, 19 values each; found 36, the rows alone: hand the lengths over between input and output" },
        { "k.Predict([|new float[n * Packed.InputLength]|], new float[n * Packed.OutputLength]);", "GEN0601",
            "'Packed' declares lengths of rows, and this Predict takes them packed behind the rows, 19 values each; found 'n * Packed.InputLength', the rows alone: hand the lengths over between input and output" },
        { "f.Predict(new float[n * Forecaster.OutputLength], [|new float[n * Forecaster.InputLength]|]);", "GEN0601",
            "'input' of Forecaster.Predict holds rows of 50 values and 'output' rows of 2: 'n * Forecaster.OutputLength' and 'n * Forecaster.InputLength' stand in each other's place" },
        { "var z = new float[2 * n]; var z2 = new float[n * Forecaster.TimeSteps]; f.Predict(z, [|z2|]);", "GEN0601", null },
        { "f.Predict(new float[n * 49], [|new float[n * 2]|]);", "GEN0601",
            "'output' of Forecaster.Predict must hold 2 values for each 50 of 'input'; 'n * 49' and 'n * 2' are never those of equally many rows" },
        { "int rows = a.Length / 50; f.Predict(x.AsSpan(0, rows * 50), [|y.AsSpan(0, rows)|]);", "GEN0601", null },
        { "f.Predict(x.AsSpan()[..(n * 50)], [|y.AsSpan()[..(n * 3)]|]);", "GEN0601", null },
        { "f.Predict(GC.AllocateUninitializedArray<float>(100), [|new float[2]|]);", "GEN0601", null },
        { "f.Predict([|new float[100]|], new float[4], f.CreateState(8));", "GEN0601",
            "'input' of Forecaster.Predict must hold 8 rows, which its State was made for; found 2 (100 values)" },
        { "var s8 = wd.CreateState(); wd.Step([|new float[3]|], y, s8);", "GEN0601",
            "'input' of Wide.Step must hold 12 values, 3 for each row of its State; found 3, and the State has 4 rows: for one make it by CreateState(1)" },
        { "wd.Step(a, [|new float[8]|], wd.CreateState(1));", "GEN0601",
            "'output' of Wide.Step must hold 2 values, 2 for each row of its State; found 8, and the State has 1 row" },
        { "p.Predict([|new float[n * 29]|], y);", "GEN0610", "'input' of Stepwise.Predict holds rows of 100 values; 'n * 29' counts by 29" },
        { "float[] z = new float[n * 40]; p.Predict([|z|], y);", "GEN0610", null },
        { "f.Predict(x, [|new float[n * Forecaster.InputLength]|]);", "GEN0610",
            "'output' of Forecaster.Predict holds rows of 2 values, Forecaster.OutputLength; 'n * Forecaster.InputLength' counts by Forecaster.InputLength, 50" },
        { "f.Predict(x, [|new float[Forecaster.InputLength]|]);", "GEN0610", null },
        { "p.Evaluate(new DataSet<float>([|new float[n * 30]|], y), Loss.MeanSquaredError);", "GEN0610", "An input of 'Stepwise' holds rows of 100 values; 'n * 30' counts by 30" },
        { "var z = f.CreateState([|3|]);", "GEN0611", "A State of 'Forecaster' has 1 row, or 8, its Batch; found 3" },
        { "const int Rows = 0; var z = ((Forecaster)f).CreateState([|rows: Rows|]);", "GEN0611", null },
        { "k.Predict(a, [6, [|7|], 1, [|0|]], y);", "GEN0612", "Row 1 of this call of 'Packed' has the length 7; expected 1 to 6, the time steps of the input" },
        { "k.Forward(a, new[] { [|-1|], n }, y, k.CreateWorkspace());", "GEN0612", null },
        { "k.Evaluate(new DataSet<float>(a, y).WithLengths(new[] { 6, [|9|] }), Loss.MeanSquaredError);", "GEN0612", null },
        { "var z = new Adam { [|LearningRate = -1|] };", "GEN0613", "LearningRate is a finite number of at least 0; found -1" },
        { "f.Fit(data, new() { Optimizer = new Sgd { [|Momentum = 1.5|] }, Loss = new Huber { Delta = 2 } });", "GEN0613", "Momentum is a number from 0 to 1; found 1.5" },
        { "f.Fit(data, new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, [|Epochs = 0|] });", "GEN0613", null },
        { "var z = new TopKCategoricalAccuracy([|k: 0|]);", "GEN0613", null },
        { "op.Fit([|new DataSet<float>(a, y)|], new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "'Opened' has 3 outputs (output, memoryH, memoryC), and the data set 1 target: give each output an array, and an empty one to what shall not count" },
        { "op.Evaluate([|new DataSet<float>([a], [x, y])|], Loss.MeanSquaredError);", "GEN0405", null },
        { "var z = new DataSet<float>([a], [x, y]).Slice(0, n); f.Evaluate([|z|], Loss.MeanSquaredError);", "GEN0405", "'Forecaster' has 1 output (output), and the data set 2 targets" },
        { "k.Fit([|new DataSet<float>(a, y)|], new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "the rows of 'Packed' have lengths, and the data set has none: add them by WithLengths" },
        { "var z = new DataSet<float>(a, y).WithLengths(new int[3]); p.Evaluate([|z|], Loss.MeanSquaredError);", "GEN0405",
            "the rows of 'Stepwise' have no lengths, and the data set has some: declare the input with Lengths = true" },
        { "f.Evaluate(new DataSet<float>([|[]|], []), Loss.MeanSquaredError);", "GEN0405", "the data set is empty: 'Forecaster' reads rows of 50 values" },
        { "f.Evaluate(new DataSet<float>(new float[n * 50], [|new float[n * 3]|]), Loss.MeanSquaredError);", "GEN0405",
            "'n * 3' targets and 'n * 50' inputs are never those of equally many rows: 'Forecaster' reads 50 values a row and emits (None, 2), and MeanSquaredError takes 2" },
        { "f.Predict([|new float[0]|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 0" },
        { "f.Predict([|stackalloc float[Steps]|], y);", "GEN0601", null },
        { "f.Predict([|[1, 2, 3]|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 3" },
        { "f.Predict([|x.AsSpan(1, 49)|], y);", "GEN0601", null },
        { "f.Predict([|x.AsSpan()[..49]|], y);", "GEN0601", null },
        { "f.Predict([|x.AsSpan().Slice(3, 7)|], y);", "GEN0601", null },
        { "f.Predict([|x[1..50]|], y);", "GEN0601", null },
        { "f.Predict([|new float[100].AsSpan(1)|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 99" },
        { "float[] z = new float[60]; f.Predict([|z.AsSpan()[5..]|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 55" },
        { "float[] z = new float[60]; f.Predict([|z.AsSpan()[..^5]|], y);", "GEN0601", "'input' of Forecaster.Predict holds rows of 50 values; found 55" },
        { "Span<float> z = stackalloc float[20]; f.Predict([|z|], y);", "GEN0601", null },
        { "f.Predict(new float[100], [|new float[3]|]);", "GEN0601", "'output' of Forecaster.Predict holds rows of 2 values; found 3" },
        { "f.Predict(new float[100], [|new float[2]|]);", "GEN0601", "'output' of Forecaster.Predict must hold 4 values, 2 for each of the 2 rows of 'input'; found 2" },
        { "f.Forward([|new float[450]|], y, w);", "GEN0601", "Forecaster.Forward takes at most 8 rows, its Batch; found 9 (450 values)" },
        { "f.Backward([|new float[3]|], d, w);", "GEN0601", "'outputGradient' of Forecaster.Backward holds rows of 2 values; found 3" },
        { "f.Backward(new float[4], [|new float[50]|], w);", "GEN0601",
            "'inputGradient' of Forecaster.Backward must hold 100 values, 50 for each of the 2 rows of 'outputGradient'; found 50" },
        { "f.Step([|new float[50]|], y, s);", "GEN0601", "'input' of Forecaster.Step holds one time step: 1 values for 1 row, 8 for 8; found 50" },
        { "f.Step(a, [|new float[3]|], s);", "GEN0601", null },
        { "g.Predict([|new float[17]|], new float[5], new float[5], new float[5]);", "GEN0601", "'series' of Given.Predict holds rows of 18 values; found 17" },
        { "g.Predict(new float[18], [|new float[6]|], new float[5], new float[5]);", "GEN0601", "'h0' of Given.Predict holds rows of 5 values; found 6" },
        { "g.Predict(new float[18], new float[5], [|new float[4]|], new float[5]);", "GEN0601", "'output' of Given.Predict holds rows of 5 values; found 4" },
        { "b.[|Step|](a, y, b.CreateState());", "GEN0602", "'Backwards' has no Step, because SimpleRnn(4) runs backwards in time" },
        { "g.[|Step|](a, y, g.CreateState());", "GEN0602", "'Given' has no Step, because the model has several inputs" },
        { "f.Predict(x, y, [|c.CreateState()|]);", "GEN0603", "This State belongs to 'Carried'; 'Forecaster' takes one of its own, from its CreateState" },
        { "((IModel<float>)c).Predict(x, y, [|s|]);", "GEN0603", null },
        { "c.Backward(x, y, [|w|]);", "GEN0603", "This Workspace belongs to 'Forecaster'; 'Carried' takes one of its own, from its CreateWorkspace" },
        { "Parallel.For(0, 9, i => f.Predict(x, y, [|s|]));", "GEN0604",
            "'s' is used by several threads at once: a State holds the numbers of one sequence at a time; create one for each thread" },
        { "Parallel.ForEach(new[] { x }, z => { f.Forward(z, y, [|w|]); f.Backward(y, default, w); });", "GEN0604", null },
        { "var t = Task.Run(() => f.Predict(x, y, [|s|])); f.Predict(x, y, s); t.Wait();", "GEN0604", null },
        { "for (int i = 0; i < 9; i++) Task.Run(() => f.Predict(x, y, [|s|]));", "GEN0604", null },
        { "Parallel.Invoke(() => f.Predict(a, y, [|s|]), () => f.Predict(x, y, [|s|]));", "GEN0604", null },
        { "Parallel.For(0, 9, i => { lock (x) f.Predict(x, y, s); f.Predict(a, y, [|s|]); });", "GEN0604", null },
        { "Parallel.For(0, 9, i => { var own = new object(); lock (own) f.Predict(x, y, [|s|]); });", "GEN0604", null },
        { "var gate = new System.Threading.SemaphoreSlim(4); Parallel.For(0, 9, i => { gate.Wait(); f.Predict(x, y, [|s|]); gate.Release(); });", "GEN0604", null },
        { "async Task Go() { await Parallel.ForEachAsync(new[] { x }, async (z, _) => { await Task.Yield(); f.Predict(z, y, [|s|]); }); }", "GEN0604", null },
        { "f.Predict(a, y, s); f.Predict(x, y, [|s|]);", "GEN0605", "'s' still holds the end of 'a' when 'x' starts; call s.Reset() in between, unless the second continues the first" },
        { "f.Predict(a.AsSpan(0, 50), y, s);\nConsole.WriteLine(y[0]);\nf.Predict(x.AsSpan()[..50], y, [|s|]);", "GEN0605", null },
        { "float[] h = x, cell = y; r.Predict(a, [|cell, h|], d, a, a);", "GEN0606",
            "'cell' stands where 'start' belongs, and 'h' where 'c0' does: Gen's order is Keras', h before c (TensorFlow 1's LSTMStateTuple is (c, h))" },
        { "float[] c_n = x, h_n = y; r.Predict(a, x, y, d, [|c_n.AsSpan(), h_n|]);", "GEN0606", null },
        { "var s2 = r.CreateState(); var (h0, c1) = (x, y); r.Predict(a, [|c1, h0|], d, x, y, s2);", "GEN0606", null },
        { "void P(Given g, float[] series, float[] h0) => g.Predict([|h0, series|], y, d);", "GEN0606",
            "'h0' stands where 'series' belongs, and 'series' where 'h0' does: exchange the two" },
        { "(float[] h, float[] c) Encode() => (x, y); var ([|cell, hidden|]) = Encode();", "GEN0606",
            "'cell' stands where 'h' belongs, and 'hidden' where 'c' does: Gen's order is Keras', h before c (TensorFlow 1's LSTMStateTuple is (c, h))" },
        { "var z = new { H = x, C = y }; ([|float[] memory, float[] hidden|]) = (z.H, z.C);", "GEN0606", null },
        { "for (int step = 0; step < 50; step++)\nfor (int row = 0; row < 8; row++)\na[step * 8 + row] = x[row];\nf.Predict([|a|], y);", "GEN0607",
            "'a' is filled at [step * 8 + row], time first, but 'Forecaster' is batch-major and reads [rows, time, features]; transpose it, or set Layout = DataLayout.TimeMajor on [Input]" },
        { "int rows = x.Length; for (int i = 0; i < rows; ++i) for (int j = 0; j < Forecaster.TimeSteps; ++j) { int at = rows * j + i; a[at] = x[i]; }\nf.Forward([|a.AsSpan()|], y, w);", "GEN0607", null },
        { "for (int k = 0; k < 50; k++) for (int i = 0; i < x.Length; i++) for (int q = 0; q < 2; q++) a[(k * x.Length + i) * 2 + q] = x[i];\np.Predict([|a|], y);", "GEN0607", null },
        { "for (int k = 0; k < 50; k++) for (int i = 0; i < 7; i++) { a[i * 100 + 2 * k] = x[i]; a[i * 100 + 2 * k + 1] = 0; }\nt.Predict([|a|], y);", "GEN0607",
            "'a' is filled at [i * 100 + 2 * k], rows first, but 'TimeFirst' is time-major and reads [time, rows, features]; transpose it, or leave Layout of [Input] unset" },
        { "var z = new float[50, 7, 2]; p.Predict([|System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref z[0, 0, 0], z.Length)|], y);", "GEN0607",
            "'z' has the axes [50, 7, 2], time first, but 'Stepwise' is batch-major and reads [rows, time, features]; transpose it, or set Layout = DataLayout.TimeMajor on [Input]" },
        { "var z = new float[7, Steps + 1, 2]; t.Predict([|System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Cast<float>(z))|], y);", "GEN0607", null },
        { "float[] timeMajorWindows = a; f.Predict([|timeMajorWindows|], y);", "GEN0607",
            "'timeMajorWindows' is called time first, but 'Forecaster' is batch-major and reads [rows, time, features]; transpose it, or set Layout = DataLayout.TimeMajor on [Input]" },
        { "float[] batch_first = a; t.Predict([|batch_first|], y);", "GEN0607", null },
        { "float[] time_major = a; var z = new DataSet<float>(time_major, y); t.Fit([|z|], new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0607",
            "'time_major' is called time first, but a data set holds row after row, [rows, time, features], whatever the model's Layout; transpose it" },
        { "p.Fit(new DataSet<float>(new float[800], [|new float[24]|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "the targets hold 24 values for 8 rows, but 'Stepwise' emits (None, 50, 3), 150 values a row: one target for each row, and one prediction for each step, which Keras would broadcast. To predict once a row, remove ReturnSequences = true from the last recurrent layer" },
        { "f.Evaluate(new DataSet<float>(new float[100], [|new float[200]|]), Loss.MeanAbsoluteError);", "GEN0405",
            "the targets hold 200 values for 2 rows, but 'Forecaster' emits (None, 2), 2 values a row: one target for each step, and one prediction for each row, which Keras would broadcast. To predict at every step, set ReturnSequences = true on the last recurrent layer" },
        { "var z = new DataSet<float>(new float[99], y); f.Fit(data, new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Validation = [|z|] });", "GEN0405",
            "the inputs hold 99 values, no whole number of rows: 'Forecaster' reads 50 a row" },
        { "f.Fit(new DataSet<float>(new float[100], new float[4], [|new float[100]|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "there are 100 sample weights for 2 rows; a row has one weight, which counts for all its steps" },
        { "f.Fit(new DataSet<float>([|x[..99]|], y), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405", null },
        { "f.Fit(new DataSet<float>(x.AsMemory()[..100], [|y.AsMemory().Slice(4, 3)|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405", null },
        { "f.Fit(new DataSet<float>(new float[100], [|[0, 1, 2]|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405", null },
        { "f.Fit(new DataSet<float>(new float[100], [0, 1, 2, 3], [|[1]|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405", null },
        { "f.Fit(new DataSet<float>(new float[100], [|new float[3]|]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "the targets hold 3 values for 2 rows, but 'Forecaster' emits (None, 2), 2 values a row" },
        { "k.Fit(new DataSet<float>(new float[36], [|new float[11]|]).WithLengths(new int[2]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0405",
            "the targets hold 11 values for 2 rows, but 'Packed' emits (None, 5), 5 values a row" },
        { "var z = q.ZeroState(); float[] c0 = x, h0 = y;\n[|c0|].CopyTo(z.H); h0.AsSpan().CopyTo(z.C);", "GEN0606",
            "'c0' stands where 'H' belongs, and 'h0' where 'C' does: Gen's order is Keras', h before c (TensorFlow 1's LSTMStateTuple is (c, h))" },
        { "var z = q.ZeroState(); float[] cell = x, h0 = y; z.H.CopyTo([|cell|]);\nConsole.WriteLine(); z.C.CopyTo(h0);", "GEN0606", null },
        { "v.Predict([8, [|9|]], y);", "GEN0608", "9 is no id of 'Worded': its Embedding knows 9, 0 to 8" },
        { "v.Predict(new[] { [|-1f|], 8.9f, [|float.NaN|], 0 }, y);", "GEN0608", null },
        { "v.Fit(new DataSet<float>(new float[] { 3, [|11|] }, y), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });", "GEN0608", null },
        { "m.Predict([0, 5, [|0|], 7], y);", "GEN0609",
            "Step 3 of this row has id 0 between other ids, and 'Skipping' skips it: MaskZero = true says that 0 is no id. Count ids from 1, with an InputDim one larger, or remove MaskZero" },
        { "m.Forward(new float[] { 0, 0, 3, 1, 8, [|0.5f|], [|0|], 1 }, y, m.CreateWorkspace());", "GEN0609", null },
        { "m.Evaluate(new DataSet<float>(new[] { 1f, [|0|], a[0], 0 }, y), Loss.MeanSquaredError);", "GEN0609", null },
        { "e.[|Step|](a, y, e.CreateState());", "GEN0602", "'Seeing' has no Step, because Conv1D(4) sees 3 later steps; Padding.Causal streams" },
        { "var o = new Adam { ClipNorm = 1, [|ClipValue = 0.5|] };", "GEN0401", "Only one of ClipNorm, GlobalClipNorm and ClipValue may be set; 'ClipNorm' is set already" },
        { "b.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = [|Loss.MeanSquaredError|] });", "GEN0402",
            "'Backwards' ends in LogSoftmax, which gives logarithms of probabilities, never above 0; MeanSquaredError compares it with the targets as it is" },
        { "b.Evaluate(data, [|Loss.MeanAbsoluteError|]);", "GEN0402", null },
        { "l.Evaluate(data, [|Loss.BinaryCrossentropy|]);", "GEN0402",
            "'Logits' ends in Linear, which gives values of any size; BinaryCrossentropy takes probabilities, unless FromLogits = true: set it, or end in Sigmoid" },
        { "l.Evaluate(data, [|Loss.CategoricalCrossentropy|]);", "GEN0402",
            "'Logits' ends in Linear, which gives values of any size; CategoricalCrossentropy takes probabilities, unless FromLogits = true: set it, or end in Softmax" },
        { "var s2 = new SparseCategoricalCrossentropy { FromLogits = false }; l.Evaluate(data, [|s2|]);", "GEN0402", null },
        { "ch.Evaluate(data, [|Loss.BinaryCrossentropy|]);", "GEN0402",
            "'Choice' ends in Softmax, which gives one choice among all values; BinaryCrossentropy takes each for a yes or no of its own: use CategoricalCrossentropy, or end in Sigmoid" },
        { "i1.Fit(data, new() { Optimizer = new Sgd(), Loss = [|new CategoricalCrossentropy { LabelSmoothing = 0.1 }|] });", "GEN0402",
            "'Independent' ends in Sigmoid, which gives each value a probability of its own; CategoricalCrossentropy is about one choice among them: end in Softmax, or use BinaryCrossentropy" },
        { "i1.Evaluate(data, [|Loss.SparseCategoricalCrossentropy|]);", "GEN0402",
            "'Independent' ends in Sigmoid, which gives each value a probability of its own; SparseCategoricalCrossentropy is about one choice among them: end in Softmax" },
        { "ch.Evaluate(data, [|new SparseCategoricalCrossentropy { FromLogits = true }|]);", "GEN0402",
            "'Choice' ends in Softmax, which gives probabilities; FromLogits = true would turn them into probabilities once more: remove it, or end in Linear" },
        { "i1.Evaluate(data, [|new BinaryCrossentropy { FromLogits = true }|]);", "GEN0402", null },
        { "rd.Evaluate(data, [|Loss.BinaryCrossentropy|]);", "GEN0402",
            "'Remembered' ends in Tanh, which gives values from -1 to 1; BinaryCrossentropy takes probabilities: end in Sigmoid, or in Linear with FromLogits = true" },
        { "rd.Evaluate(data, [|new CategoricalCrossentropy { FromLogits = true }|]);", "GEN0402",
            "'Remembered' ends in Tanh, which gives one value; CategoricalCrossentropy chooses among several, and among one it is always 0: use BinaryCrossentropy" },
        { "b.Evaluate(data, [|Loss.CategoricalCrossentropy|]);", "GEN0402",
            "'Backwards' ends in LogSoftmax, which gives logarithms of probabilities; CategoricalCrossentropy takes probabilities, unless FromLogits = true: set it" },
        { "b.Evaluate(data, [|Loss.Huber|]);", "GEN0402", null },
        { "b.Evaluate(data, [|Loss.CategoricalHinge|]);", "GEN0402", null },
        { "rd.Evaluate(data, [|Loss.CategoricalHinge|]);", "GEN0402", "'Remembered' ends in Tanh, which gives one value; CategoricalHinge chooses among several: use Hinge" },
        { "ch.Evaluate(new DataSet<float>(new float[18], [|new float[2]|]), Loss.CategoricalHinge);", "GEN0405", null },
        { "chs.Evaluate(new DataSet<float>(new float[18], [|new float[6]|]), Loss.SparseCategoricalCrossentropy);", "GEN0405",
            "the targets hold 6 values for 2 rows, but 'Choices' emits (None, 9, 3), so SparseCategoricalCrossentropy takes 9 ids a row" },
        { "chs.Evaluate(new DataSet<float>(new float[18], [|new float[2]|]), Loss.SparseCategoricalCrossentropy);", "GEN0405",
            "the targets hold 2 values for 2 rows, but 'Choices' emits (None, 9, 3), so SparseCategoricalCrossentropy takes 9 ids a row: one target for each row, and one prediction for each step, which Keras would broadcast. To predict once a row, remove ReturnSequences = true from the last recurrent layer" },
        { "ch.Evaluate(new DataSet<float>(new float[18].AsMemory(), [|new float[18]|]), Loss.SparseCategoricalCrossentropy);", "GEN0405",
            "the targets hold 18 values for 2 rows, but 'Choice' emits (None, 3), so SparseCategoricalCrossentropy takes 1 id a row: one target for each step, and one prediction for each row, which Keras would broadcast. To predict at every step, set ReturnSequences = true on the last recurrent layer" },
        { "ch.Evaluate(new DataSet<float>(new float[18], [|a.AsMemory(5, 6)|]), Loss.SparseCategoricalCrossentropy);", "GEN0405",
            "the targets hold 6 values for 2 rows, but 'Choice' emits (None, 3), so SparseCategoricalCrossentropy takes 1 id a row: a value for each class, for which there is CategoricalCrossentropy" },
        { "ch.Evaluate(new DataSet<float>(new float[18], [|new float[2]|]), Loss.CategoricalCrossentropy);", "GEN0405",
            "the targets hold 2 values for 2 rows, but 'Choice' emits (None, 3), 3 values a row: one id for each choice, for which there is SparseCategoricalCrossentropy" },
        { "c.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, [|Shuffle = true|] });", "GEN0403",
            "'Carried' is stateful: row i of a batch continues row i of the one before, which Shuffle = true would break; leave Shuffle unset" },
        { "var p = new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, [|Shuffle = true|] }; c.Fit(data, p);", "GEN0403", null },
        { "f.Fit(data, new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, [|BatchSize = 9|] });", "GEN0404",
            "'Forecaster' is compiled for Batch = 8, so BatchSize is 1 to 8; found 9" },
        { "using var t = new Trainer<float>(c, new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, [|BatchSize = 4|] });", "GEN0404",
            "'Carried' is stateful and carries 8 rows from batch to batch, so BatchSize can't be 4" },
    };

    public static TheoryData<string> GoodCalls { get; } = new()
    {
        "f.Predict(new float[100], new float[4]);",
        "float[] z = new float[49]; z = new float[50]; f.Predict(z, y);",
        "float[] z = new float[49]; Array.Resize(ref z, 50); f.Predict(z, y);",
        "f.Forward(new float[400], new float[16], w); f.Backward(new float[16], default, w); f.Backward(new float[16], [], w); f.Backward(new float[2], new float[50], w);",
        "f.Step(new float[1], new float[2], s); f.Step(new float[8], new float[16], f.CreateState(8)); f.Step([a[0]], y, s);",
        "f.Predict([.. x], y);",
        "float[] z = new float[60]; f.Predict(z.AsSpan(5..), y);",
        "g.Predict(new float[36], new float[10], new float[10], new float[10]);",
        "k.Predict(new float[36], new int[2], y); k.Predict(new float[18], [6], new float[5]); k.Step(new float[3], new float[5], k.CreateState());",
        "f.Predict(x, y, s); s.Reset(); f.Predict(a, y, s);",
        "f.Predict(x.AsSpan(0, 50), y, s); f.Predict(x.AsSpan(50, 50), y, s);",
        "f.Predict(x, y, s); s = f.CreateState(); f.Predict(a, y, s);",
        "var u = c.CreateState(8); c.Predict(x, y, u); c.Predict(a, y, u);",
        "Parallel.For(0, 9, i => { var own = f.CreateState(); f.Predict(x, y, own); }); Parallel.For(0, 9, i => f.Predict(x, y));",
        "Parallel.For(0, 9, () => f.CreateState(), (i, _, own) => { f.Predict(x, y, own); return own; }, _ => { });",
        "var all = new[] { s, f.CreateState() }; Parallel.For(0, 2, i => f.Predict(x, y, all[i]));",
        "Task.Run(() => f.Predict(x, y, s)).Wait();",
        "Parallel.For(0, 9, i => { lock (x) { f.Predict(x, y, s); } });",
        "var gate = new System.Threading.Lock(); Parallel.For(0, 9, i => { using (gate.EnterScope()) f.Predict(x, y, s); });",
        "var gate = new object(); Parallel.For(0, 9, i => { System.Threading.Monitor.Enter(gate); try { f.Predict(x, y, s); } finally { System.Threading.Monitor.Exit(gate); } });",
        "var gate = new System.Threading.SemaphoreSlim(1, 1); for (int i = 0; i < 9; i++) Task.Run(async () => { await gate.WaitAsync(); try { f.Predict(x, y, s); } finally { gate.Release(); } });",
        "async Task Go() { for (int i = 0; i < 9; i++) await Task.Run(() => f.Predict(x, y, s)).ConfigureAwait(false); }",
        "async Task Go() { for (int i = 0; i < 9; i++) { Task step = Task.Run(() => f.Predict(x, y, s)); await step; } }",
        "for (int i = 0; i < 9; i++) Task.Run(() => f.Predict(x, y, s)).GetAwaiter().GetResult();",
        "f.Predict(x, y, s); s.Reset(); var running = Task.Run(() => f.Predict(a, y, s)); running.Wait(); s.Reset(); f.Predict(x, y, s);",
        "var clients = new[] { (State: s, Name: 1) }; foreach (var client in clients) Task.Run(() => f.Predict(x, y, client.State)); Parallel.For(0, 1, j => f.Predict(x, y, clients[j].State));",
        "Parallel.For(0, 9, i => Console.WriteLine(s.Rows + nameof(s)));",
        "float[] history = a, live = x; f.Predict(history, y, s); f.Predict(live, y, s);",
        "f.Predict(a, y, s); foreach (float v in x) f.Step([v], y, s);",
        "float[] part1 = a, part2 = x; f.Predict(part1, y, s); f.Predict(part2, y, s);",
        "k.Predict(new float[38], new float[10]); k.Predict(a, y); k.Predict(new float[n * 19], new float[n * 5]); k.Predict(new float[n * Packed.InputLength], new int[n], new float[n * Packed.OutputLength]);",
        "f.Predict(new float[n * 50], new float[2 * n]); f.Predict(new float[n * Forecaster.InputLength], new float[n * Forecaster.OutputLength]); f.Predict(new float[n * Forecaster.TimeSteps], new float[Forecaster.OutputLength * n]);",
        "p.Predict(new float[n * 2], y); p.Predict(new float[n * 50], y); p.Predict(new float[n * 20], y); p.Predict(new float[n], y); p.Predict(new float[n * 300], y); p.Predict(x, new float[n * 3]);",
        "int i = n; var z = new float[i * 50]; i++; f.Predict(z, new float[i * 4]); for (int j = 1; j < 9; j++) f.Predict(x.AsSpan(0, j * 50), y.AsSpan(0, j * 2));",
        "var list = new System.Collections.Generic.List<float>(); var z = new float[list.Count * 50]; list.Add(1); f.Predict(z, new float[list.Count * 4]);",
        "f.Predict(new float[400], y, f.CreateState(8)); f.Predict(new float[50], y, f.CreateState()); wd.Step(new float[12], new float[8], wd.CreateState()); wd.Step(new float[3], new float[2], wd.CreateState(1)); wd.Predict(a, y, wd.CreateState());",
        "f.CreateState(8); f.CreateState(1); f.CreateState(); f.CreateState(n); k.Predict(a, [6, 1, n], y); k.Evaluate(new DataSet<float>(a, y).WithLengths(new[] { 6, 1 }).Slice(0, 1), Loss.MeanSquaredError);",
        "var z = new Adam { LearningRate = 0, Beta1 = 0, ClipNorm = null, Epsilon = 0 }; var z2 = new Sgd { LearningRate = n, Momentum = 1 }; var z3 = new Huber { Delta = 1e-3 };",
        "op.Fit(new DataSet<float>([a], [x, default, y]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError }); op.Evaluate(data, Loss.MeanSquaredError); g.Evaluate(new DataSet<float>([a, x], [x, y]), Loss.MeanSquaredError);",
        "Xunit.Assert.Throws<ArgumentException>(() => f.Predict(new float[49], y)); Xunit.Assert.Throws<ArgumentException>(() => f.CreateState(3));",
        "float[] fromTimeMajor = a; f.Predict(fromTimeMajor, y);",
        "var o = new Adam { ClipNorm = 1, ClipValue = null }; var p = new Sgd { GlobalClipNorm = 1 };",
        "c.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, BatchSize = 8, Shuffle = false });",
        "f.Fit(data, new FitOptions { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, BatchSize = 3, Shuffle = true });",
        "f.Predict(x, y); f.Predict(x.AsSpan(3), y); f.Predict(x.AsSpan(a.Length, y.Length), y);",
        "b.Step(1);",
        "var z = q.ZeroState(); float[] c0 = x, h0 = y; h0.CopyTo(z.H); c0.CopyTo(z.C); x.CopyTo(y, 0);",
        "var z = q.ZeroState(); float[] c0 = x, h0 = y; c0.CopyTo(z.H); h0.CopyTo(z.H); z.C.CopyTo(h0);",
        "var z = q.ZeroState(); q.Step(new float[3], new float[5], q.CreateState(1)); q.Step(new float[96], z);",
        "w2.Predict([3, 4, 1, 1, 1, 1, 1, 1, 1], [9], y); int[] timeMajorLengths = new int[7]; k.Predict(a, timeMajorLengths, y);",
        "l.Evaluate(data, new BinaryCrossentropy { FromLogits = true }); l.Evaluate(data, new CategoricalCrossentropy { FromLogits = a.Length > 3 }); l.Evaluate(data, Loss.Huber); l.Evaluate(data, Loss.Hinge);",
        "i1.Evaluate(data, new BinaryCrossentropy { LabelSmoothing = 0.1 }); ch.Evaluate(data, Loss.CategoricalCrossentropy); ch.Evaluate(data, new SparseCategoricalCrossentropy()); ch.Evaluate(data, Loss.KLDivergence);",
        "b.Evaluate(data, new SparseCategoricalCrossentropy { FromLogits = true }); rd.Evaluate(data, new BinaryCrossentropy { FromLogits = true });",
        "chs.Evaluate(new DataSet<float>(new float[18], new float[18]), Loss.SparseCategoricalCrossentropy); ch.Evaluate(new DataSet<float>(new float[18], new float[2]), Loss.SparseCategoricalCrossentropy);",
        "m.Predict([0, 0, 5, 7], y); m.Predict([5, 7, 0, 0], y); m.Predict([5, 7, 0, 0, 3, 4, 5, 6], y); m.Predict([0, 0, 0, 0], y); m.Predict([1, 0, .. a], y); m.Predict([a[0], a[1], 0, 0], y);",
        "v.Predict([0, 8], y); v.Predict([8.5f, a[0]], y); v.Predict(a, y); f.Evaluate(data, Loss.MeanSquaredError);",
        "float[] h = x, cell = y; r.Predict(a, h, cell, d, h, cell); r.Predict(a, h, cell, d, x, y); r.Predict(a, cell, cell, d, x, y);",
        "float[] h = x, c1 = y; (h, c1) = (c1, h);",
        "(float[] H, float[] C) Encode() => (x, y); var (h, cell) = Encode(); (int H, int C) Size() => (1, 2); var (hue, carry) = Size();",
        "float[] series = x, h0 = y; g.Predict(series, h0, y, d);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 8; row++) a[row * 50 + step] = x[row]; f.Predict(a, y);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 50; row++) a[step * 50 + row] = x[row]; f.Predict(a, y);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 1; row++) a[step * 1 + row] = x[row]; f.Predict(a, y);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 8; row++) { a[step * 8 + row] = x[row]; a[row * 50 + step] = 1; } f.Predict(a, y);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 8; row++) { a[step * 8 + row] = 1; x[row * 50 + step] = 1; } f.Predict(x, y);",
        "for (int step = 0; step < 50; step++) for (int row = 0; row < 8; row++) for (int i = 0; i < 2; i++) a[(step * 8 + row) * 2 + i] = x[row]; t.Predict(a, y);",
        "var z = new float[50, 50, 2]; p.Predict(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z[0, 0, 0], z.Length), y);",
        "var z = new float[50, 1, 2]; p.Predict(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref z[0, 0, 0], z.Length), y);",
        "float[] timeMajor = new float[50]; f.Predict(timeMajor, y); float[] time_first = a; t.Predict(time_first, y);",
        "p.Fit(new DataSet<float>(new float[800], new float[1200], new float[8]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError, Validation = new DataSet<float>(new float[100], y) });",
        "f.Fit(new DataSet<float>([new float[100]], [new float[3]]), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError }); f.Fit(new DataSet<float>(x, y).Slice(0, 1), new() { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError });",
    };

    // The models are compiled once for all cases, each of which is a file.
    private static readonly Lazy<Task<ILookup<string, Diagnostic>>> s_found = new(FindAsync);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Is_found(string marked, string id, string? message)
    {
        MarkedSource source = MarkedSource.Parse(Before + marked + After);
        List<Diagnostic> found = (await s_found.Value)[marked].ToList();

        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal(id, d.Id));
        Assert.Equal(marked, MarkedSource.Mark(source.Text, found.Select(d => d.Location.SourceSpan))[Before.Length..^After.Length]);
        if (message is not null)
            Assert.Equal(message, found[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(GoodCalls))]
    public async Task Good_calls_are_silent(string call) => Assert.Empty((await s_found.Value)[call]);

    [Fact]
    public async Task A_broken_model_is_not_blamed_on_its_callers() => await AnalyzerHost.AssertFindsAsync(
        "using GenRnn; [Input(TimeSteps = 5, Features = 1)] [SimpleRnn([|0|])] public partial class M; class C { void Use(M m) { m.Predict(new float[5], new float[3]); m.Step(new float[7], new float[7], m.CreateState()); } }",
        "GEN0204", null);

    // Statements of a file's top level are members of their own, and see each other's variables.
    [Fact]
    public async Task Top_level_statements_are_one_body() => await AnalyzerHost.AssertFindsAsync("""
        using GenRnn;
        var model = new M();
        float[] x = new float[4], y = new float[2], z = new float[5];
        x = new float[5];
        model.Predict(x, y);
        var state = model.CreateState();
        model.Predict(x, y, state);
        model.Predict(z, y, [|state|]);
        [Input(TimeSteps = 5, Features = 1)] [SimpleRnn(2)] public partial class M;
        """, "GEN0605", null);

    private static async Task<ILookup<string, Diagnostic>> FindAsync()
    {
        List<string> cases = [.. Mistakes.Concat(GoodCalls).Select(row => (string)row[0])];
        IEnumerable<SyntaxTree> trees = cases.Select((text, index) => GeneratorHost.Parse(
            MarkedSource.Parse(Before + text + After).Text, Path(index)));
        IReadOnlyList<Diagnostic> found = await AnalyzerHost.RunAsync(GeneratorHost.Compile(Models).AddSyntaxTrees(trees));
        return found.ToLookup(d => d.Location.SourceTree!.FilePath is var path && path.StartsWith("Case", StringComparison.Ordinal)
            ? cases[int.Parse(path["Case".Length..^".cs".Length], CultureInfo.InvariantCulture)]
            : path);
    }

    private static string Path(int index) => "Case" + index.ToString(CultureInfo.InvariantCulture) + ".cs";
}
