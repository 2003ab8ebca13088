using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Plans;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>
/// Wide gates of large scans: their gradients are kept part by part, each where the forward pass kept the gate. Same bits as the interpreter, which
/// keeps everything apart.
/// </summary>
public sealed class PartsApartTests
{
    private const int Batch = 48;

    private static readonly Dictionary<string, ModelSpec> Models = new[]
    {
        Large("LargeLstm").Lstm(64, ("ReturnSequences", true)).Dense(2).Build(),
        Large("LargePeepholes").Lstm(64, ("ReturnSequences", true), ("UsePeepholes", true), ("CellClip", 0.7)).Build(),
        Large("LargeGru").Gru(64, ("ReturnSequences", true)).Build(),
        Large("LargeGruBefore").Gru(96, ("ReturnSequences", true), ("ResetAfter", false)).Build(),
        Large("NarrowGates").Lstm(56, ("ReturnSequences", true)).Build(),
    }.ToDictionary(m => m.Class.Name);

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "Parts", Models.Values.Where(m => m.Class.Name != "NarrowGates").Select(m => new ModelSource(m.Class.Namespace, m.Class.Name, DeclarationText.WriteClass(m))).ToArray()));

    private static ModelBuilder Large(string name) => new ModelBuilder(name).Sequence(29, 3, ("Batch", Batch));

    [Theory]
    [InlineData("LargeLstm", 64, 4)]
    [InlineData("LargePeepholes", 64, 4 + 3)] // Peepholes have weights of their own.
    [InlineData("LargeGru", 64, 4)] // What the recurrent product gives the candidate has a gradient of its own.
    [InlineData("LargeGruBefore", 96, 3)]
    [InlineData("NarrowGates", 56, 0)]
    public void Wide_gates_have_their_gradients_apart(string name, int units, int parts)
    {
        Schedule schedule = ScheduleOf(Models[name]);
        int gates = schedule.Training.Program.Gradients.Select(g => g.Right).Distinct().Count(right => right.Width == units);
        Assert.Equal(parts, gates);
        Assert.Equal(parts == 0, schedule.Training.Program.Backward.SelectMany(r => r.Values).Any(v => v.Op == OpCode.Concat));
    }

    [Theory]
    [InlineData("LargeLstm", Batch)]
    [InlineData("LargePeepholes", 5)]
    [InlineData("LargeGru", 19)]
    [InlineData("LargeGruBefore", 2)]
    public void They_have_the_bits_of_the_interpreter(string name, int rows)
    {
        ModelSpec spec = Models[name];
        DifferentiatedPass.AssertHasTheInterpretersBits(Create(spec), spec, rows);
    }

    [Fact]
    public void Gates_make_room_for_their_gradients()
    {
        Plan plan = ScheduleOf(Models["LargeLstm"]).Training;
        string[] buffers = plan.Arena.Buffers.Select(b => b.Buffer).Where(b => b.Slots == 29 && b.Width == 64).Select(b => b.Name).Order(StringComparer.Ordinal).ToArray();
        // Four gates with their gradients, and tanh(c).
        Assert.Equal(5, buffers.Length);
        Assert.Equal(4, buffers.Count(b => b.Contains(" backward.d", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_forward_pass_is_differentiated_once()
    {
        IModel<float> model = Create(Models["LargeGru"]);
        ModelInfo info = model.GetInfo();
        float[] x = new RandomValues(1).Next<float>(info.InputLength), upstream = new RandomValues(2).Next<float>(info.OutputLength), y = new float[upstream.Length];
        ModelWorkspace<float> workspace = model.CreateWorkspace();

        model.Forward(x, y, null, workspace, training: true);
        // What is refused for another reason leaves the forward pass as it was.
        Assert.Throws<ArgumentException>(() => model.Backward(upstream.AsSpan(1), default, workspace));
        Assert.Throws<ArgumentException>(() => model.Backward(upstream, new float[1], workspace));
        Assert.True(workspace.HasForward);
        model.Backward(upstream, default, workspace);
        float[] gradients = workspace.Gradients.ToArray();

        Assert.False(workspace.HasForward);
        Assert.Contains("call Forward again", Assert.Throws<InvalidOperationException>(() => model.Backward(upstream, default, workspace)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.BeginBackward(upstream, workspace, inputGradient: false));
        Bits.AssertEqual<float>(gradients, workspace.Gradients, "gradients after a refused call");
        model.Forward(x, y, null, workspace, training: true);
        model.Backward(upstream, default, workspace);
        Bits.AssertEqual<float>(gradients, workspace.Gradients, "gradients of a second pass");
    }

    private static IModel<float> Create(ModelSpec spec) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(spec.Class.MetadataName), 3)!;

    private static Schedule ScheduleOf(ModelSpec spec) => ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);
}
