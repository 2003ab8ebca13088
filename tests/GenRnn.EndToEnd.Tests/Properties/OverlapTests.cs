using System;
using System.Collections.Generic;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Spans that share memory: the result is that of distinct ones, or the call is refused before anything is written.</summary>
public sealed class OverlapTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    /// <summary>Several passes, each of which reads what the ones before have not written.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void AnInputMayLieUnderAnOutput(string name)
    {
        foreach (Variant variant in new[] { new Variant(1), new Variant(5), new Variant(32) })
        {
            IModel<float> model = PropertyModels.Create(name, variant);
            ModelInfo info = model.Info;
            foreach (int rows in new[] { 1, 2, variant.Batch, (2 * variant.Batch) + 3 })
            {
                int inputs = rows * info.InputLength, outputs = rows * info.OutputLength;
                float[] x = new RandomValues((ulong)rows).Next<float>(inputs), expected = new float[outputs];
                model.Predict(x, expected);
                foreach (int at in new[] { 0, 1, inputs / 2, Math.Max(0, inputs - 3) })
                {
                    float[] memory = new float[Math.Max(inputs, at + outputs) + 1];
                    x.CopyTo(memory, 0);
                    model.Predict(memory.AsSpan(0, inputs), memory.AsSpan(at, outputs));
                    Bits.AssertEqual<float>(expected, memory.AsSpan(at, outputs), $"{variant}, {rows} rows, output at {at}");

                    memory = new float[Math.Max(outputs, at + inputs) + 1];
                    x.CopyTo(memory, at);
                    model.Predict(memory.AsSpan(at, inputs), memory.AsSpan(0, outputs));
                    Bits.AssertEqual<float>(expected, memory.AsSpan(0, outputs), $"{variant}, {rows} rows, input at {at}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TrainingInOneBufferIsTrainingInDistinctOnes(string name)
    {
        IModel<float> model = PropertyModels.Create(name, new Variant(5));
        ModelInfo info = model.Info;
        float[] x = new RandomValues(1).Next<float>(5 * info.InputLength), upstream = new RandomValues(2).Next<float>(5 * info.OutputLength);
        float[] y = new float[upstream.Length], dx = new float[x.Length];
        ModelWorkspace<float> expected = model.CreateWorkspace(), workspace = model.CreateWorkspace();
        model.Forward(x, y, null, expected, training: true);
        model.Backward(upstream, dx, expected);

        float[] memory = new float[Math.Max(x.Length, upstream.Length)];
        x.CopyTo(memory, 0);
        model.Forward(memory.AsSpan(0, x.Length), memory.AsSpan(0, y.Length), null, workspace, training: true);
        Bits.AssertEqual<float>(y, memory.AsSpan(0, y.Length), "outputs");
        upstream.CopyTo(memory, 0);
        model.Backward(memory.AsSpan(0, upstream.Length), memory.AsSpan(0, x.Length), workspace);
        Bits.AssertEqual<float>(dx, memory.AsSpan(0, x.Length), "input gradients");
        Bits.AssertEqual<float>(expected.Gradients, workspace.Gradients, "gradients");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void MemoryOfThePassIsRefused(string name)
    {
        IModel<float> model = PropertyModels.Create(name, new Variant(5));
        ModelInfo info = model.Info;
        float[] x = new RandomValues(1).Next<float>(5 * info.InputLength), y = new float[5 * info.OutputLength];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        ModelState<float> state = model.CreateState(5);
        float[] arena = workspace.Arena().Span.ToArray();

        Refuse(() => model.Forward(x, workspace.Arena().Span[..y.Length], null, workspace, training: true));
        Refuse(() => model.Forward(workspace.Arena().Span[..x.Length], y, null, workspace, training: true));
        if (state.Arena().Length >= y.Length)
        {
            Refuse(() => model.Forward(x, state.Arena().Span[..y.Length], state, workspace, training: true));
            Refuse(() => model.Predict(x, state.Arena().Span[..y.Length], state));
        }

        Bits.AssertEqual<float>(arena, workspace.Arena().Span, "the arena");
        model.Forward(x, y, null, workspace, training: true);
        if (info.ParameterCount >= x.Length)
            Refuse(() => model.Backward(y, workspace.Gradients[..x.Length], workspace));
        Refuse(() => model.Backward(y, workspace.Arena().Span[..x.Length], workspace));
        Refuse(() => model.Backward(workspace.Arena().Span[..y.Length], default, workspace));
        model.Backward(y, default, workspace);
    }

    /// <summary>Nothing that runs reads the dense parameters.</summary>
    [Fact]
    public void ParametersAreValuesLikeAnyOther()
    {
        IModel<float> model = PropertyModels.Create("Forecaster", new Variant(5));
        ModelInfo info = model.Info;
        int rows = info.ParameterCount / info.InputLength;
        float[] x = model.Parameters[..(rows * info.InputLength)].ToArray(), expected = new float[rows];
        model.Predict(x, expected);

        float[] y = new float[rows];
        model.Predict(model.Parameters[..x.Length], y);
        Bits.AssertEqual<float>(expected, y, "parameters as an input");
        model.UpdateParameters((model, y), static (parameters, call) =>
        {
            IModel<float> model = call.model;
            int length = call.y.Length * model.Info.InputLength;
            model.Predict(parameters[..length], parameters[..call.y.Length]);
            parameters[..call.y.Length].CopyTo(call.y);
        });
        Bits.AssertEqual<float>(expected, y, "parameters under an output");
        Bits.AssertEqual<float>(expected, model.Parameters[..rows], "what was written");
    }

    [Theory]
    [InlineData("outputs of Predict")]
    [InlineData("outputs of Predict in a workspace")]
    [InlineData("outputs of Predict with a state")]
    [InlineData("outputs of Forward")]
    [InlineData("outputs of Step")]
    [InlineData("an output of Step in its state")]
    [InlineData("an input of Step in its state")]
    [InlineData("an output of a stepped cell in its state")]
    [InlineData("input gradients of Backward")]
    public void TypedMembersRefuse(string what)
    {
        var call = (Action<string>)Typed.Value.FindType("Overlaps.Calls").GetMethod("Run")!.CreateDelegate(typeof(Action<string>));
        Assert.Throws<ArgumentException>(() => call(what));
    }

    /// <summary>An in-place step, a stepped cell on its own state, and lengths that lie under an output.</summary>
    [Theory]
    [InlineData("a step in place")]
    [InlineData("a cell that reads its state")]
    [InlineData("lengths under an output")]
    public void TypedMembersGiveWhatDistinctSpansGive(string what)
    {
        var call = (Action<string>)Typed.Value.FindType("Overlaps.Calls").GetMethod("Run")!.CreateDelegate(typeof(Action<string>));
        call(what);
    }

    /// <summary>An int takes 41,944 rows of 102,400 outputs for 98,304 values; a server's process died of a request of 168 KB.</summary>
    [Fact]
    public void SizesBeyondAnIntAreRefused()
    {
        IModel<float> model = (IModel<float>)Activator.CreateInstance(Typed.Value.Find("Overlaps.Broad"), 0)!;
        float[] x = new float[41_944], y = new float[98_304];
        y.AsSpan().Fill(7);
        var error = Assert.Throws<ArgumentException>(() => model.Predict(x, y));
        Assert.Contains("98304", error.Message);
        Assert.Contains("4295065600", error.Message);
        Assert.Equal(-1, y.AsSpan().IndexOfAnyExcept(7f));
    }

    private static readonly Lazy<ModelCompilation> Typed = new(() => ModelCompilation.Compile("Overlaps",
    [
        new("Overlaps", "Broad", "[Input(Features = 1, Batch = 1)]\n[RepeatVector(102400)]\npublic partial class Broad;\n"),
        new("Overlaps", "Returning", "[Input(TimeSteps = 3, Features = 4, Batch = 2)]\n[SimpleRnn(4, ReturnState = true)]\npublic partial class Returning;\n"),
        new("Overlaps", "Streaming", "[Input(TimeSteps = 3, Features = 4, Batch = 2)]\n[SimpleRnn(4, ReturnSequences = true)]\npublic partial class Streaming;\n"),
        new("Overlaps", "Pair",
            "[Input(TimeSteps = 3, Features = 2, Batch = 2, Name = \"Source\")]\n[SimpleRnn(4, Name = \"Encoder\")]\n"
            + "[Input(TimeSteps = 3, Features = 2, Name = \"Target\")]\n[InitialState(\"Encoder\")]\n[SimpleRnn(4)]\npublic partial class Pair;\n"),
        new("Overlaps", "Long", "[Input(TimeSteps = 6, Features = 1, Batch = 2, Lengths = true)]\n[SimpleRnn(4)]\npublic partial class Long;\n"),
        new("Overlaps", "Own", "[Cell(Features = 4, Batch = 2)]\n[SimpleRnnCell(4)]\npublic partial class Own;\n"),
        new("Overlaps", "Calls", """
            using System;
            using GenRnn.CompilerServices;

            public static class Calls
            {
                public static void Run(string what)
                {
                    var returning = new Returning(seed: 1);
                    var streaming = new Streaming(seed: 1);
                    var pair = new Pair(seed: 1);
                    var cell = new Own(seed: 1);
                    float[] x = new float[24], y = new float[100];
                    for (int i = 0; i < x.Length; i++)
                        x[i] = 0.1f * i - 1;
                    Returning.State state = returning.CreateState(2);
                    Streaming.State carried = streaming.CreateState(2), other = streaming.CreateState(2);
                    Own.State held = cell.ZeroState(), kept = cell.ZeroState();
                    System.Span<float> first = y.AsSpan(0, 8), second = y.AsSpan(7, 8);
                    switch (what)
                    {
                        case "outputs of Predict":
                            returning.Predict(x, first, second);
                            break;
                        case "outputs of Predict in a workspace":
                            returning.Predict(x, first, second, returning.CreateWorkspace());
                            break;
                        case "outputs of Predict with a state":
                            returning.Predict(x, first, second, state);
                            break;
                        case "outputs of Forward":
                            returning.Forward(x, first, second, returning.CreateWorkspace());
                            break;
                        case "outputs of Step":
                            returning.Step(x.AsSpan(0, 8), first, second, state);
                            break;
                        case "an output of Step in its state":
                            streaming.Step(x.AsSpan(0, 8), carried.Arena().Span.Slice(0, 8), carried);
                            break;
                        case "an input of Step in its state":
                            streaming.Step(carried.Arena().Span.Slice(0, 8), first, carried);
                            break;
                        case "an output of a stepped cell in its state":
                            cell.Step(x.AsSpan(0, 8), held.H.Slice(0, 8), held);
                            break;
                        case "input gradients of Backward":
                            Pair.Workspace workspace = pair.CreateWorkspace();
                            pair.Forward(x.AsSpan(0, 12), x.AsSpan(0, 12), first, workspace);
                            pair.Backward(first, y.AsSpan(20, 12), y.AsSpan(31, 12), workspace);
                            break;
                        case "a step in place":
                            for (int step = 0; step < 3; step++)
                            {
                                x.AsSpan(0, 8).CopyTo(second);
                                streaming.Step(x.AsSpan(0, 8), first, carried);
                                float[] expected = first.ToArray();
                                x.AsSpan(0, 8).CopyTo(first);
                                streaming.Step(first, first, other);
                                Equal(expected, first);
                            }

                            break;
                        case "a cell that reads its state":
                            cell.Step(x.AsSpan(0, 8), held);
                            held.CopyTo(kept);
                            cell.Step(kept.H.ToArray(), kept);
                            cell.Step(held.H, held);
                            Equal(kept.H, held.H);
                            break;
                        case "lengths under an output":
                            var rows = new Long(seed: 1);
                            int[] lengths = [1, 2, 3, 4, 5];
                            float[] inputs = new float[30], outputs = new float[20], memory = new float[20];
                            for (int i = 0; i < inputs.Length; i++)
                                inputs[i] = 0.1f * i - 1;
                            rows.Predict(inputs, lengths, outputs);
                            System.Span<int> under = System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(memory.AsSpan(2, 5));
                            lengths.CopyTo(under);
                            rows.Predict(inputs, under, memory);
                            Equal(outputs, memory);
                            break;
                    }
                }

                private static void Equal(System.ReadOnlySpan<float> expected, System.ReadOnlySpan<float> found)
                {
                    if (!System.MemoryExtensions.SequenceEqual(expected, found))
                        throw new System.InvalidOperationException("found " + string.Join(", ", found.ToArray()) + "; expected " + string.Join(", ", expected.ToArray()));
                }
            }
            """),
    ]));

    private static void Refuse(Action call) => Assert.Throws<ArgumentException>(call);
}
