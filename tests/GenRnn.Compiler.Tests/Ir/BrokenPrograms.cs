using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Tests.Ir;

/// <summary>
/// A sound program - a scan over x that writes y and sums a weight's gradient - and every way of breaking it that the verifier knows,
/// each with what the message must say about the culprit.
/// </summary>
internal sealed class BrokenPrograms
{
    private const int Steps = 3;
    private const int Width = 4;

    private readonly Program _program = new();
    private readonly Region _region = new("region", 0, Steps);
    private readonly RegionBuilder _b;
    private readonly RegionState _state = new("h", Width, null);
    private readonly ParameterView _kernel;
    private readonly Sequence _x;
    private readonly Sequence _y;
    private readonly Value _input;
    private readonly Value _product;

    private BrokenPrograms()
    {
        Parameter parameter = new(0, "kernel", "layer/kernel", [Width, Width], 0, new InitializerSpec("Zeros"));
        _program.Parameters.Add(parameter);
        _kernel = parameter.View();
        _x = New("x", Steps);
        _program.Inputs.Add(_x);
        _program.Forward.Add(_region);
        _b = new RegionBuilder(_region);
        _input = _b.Input(_x, TimeAccess.Same);
        Value h = _b.State(_state);
        _product = _b.Linear(Width, null, (_input, _kernel), (h, _kernel));
        _state.Next = _b.Unary(OpCode.Tanh, _product);
        _y = New("y", Steps);
        _b.Output(_state.Next, _y, TimeAccess.Same);
        _program.Outputs.Add(_y);
        _program.Gradients.Add(new ParameterGradient(_kernel, _x, TimeAccess.Same, _y, Steps, 0));
    }

    public static Program Sound() => new BrokenPrograms()._program;

    /// <summary>By name: how it is broken, and the message without its frame.</summary>
    public static IReadOnlyDictionary<string, (Action<BrokenPrograms> Break, string Message)> Ways { get; } =
        new Dictionary<string, (Action<BrokenPrograms> Break, string Message)>
        {
            ["output unwritten"] = (p => p._program.Outputs.Add(p.New("z", 0)), "@z is an output that no region writes"),
            ["input gradient unwritten"] = (p => p._program.InputGradients.Add(p.New("d_x", Steps)), "@d_x is the gradient of an input that no region writes"),
            ["gradient's right factor unwritten"] = (p => p.Replace(g => g with { Right = p.New("dz", Steps) }), "@dz is a factor of a gradient that no region writes"),
            ["gradient's left factor unwritten"] = (p => p.Replace(g => g with { Left = p.New("a", Steps) }), "@a is a factor that no region writes"),
            ["gradient's columns"] = (p => p.Replace(g => g with { Target = p._kernel.SliceColumns(0, 2) }), "@y does not match the columns of its parameter"),
            ["gradient's rows"] = (p => p.Replace(g => g with { Target = p._kernel.SliceRows(0, 2) }), "@x does not match the rows of its parameter"),
            ["gradient's steps"] = (p => p.Replace(g => g with { Steps = 2 }), "@y has another number of steps than its sum"),
            ["gradient's access"] = (p => p.Replace(g => g with { LeftAccess = TimeAccess.Whole }), "@x is a factor at a step though it has none, or the other way round"),
            ["read too early"] = (p => p._b.Input(p.New("later", Steps), TimeAccess.Same), "@later is read by region before it is written"),
            ["read without a step"] = (p => p._region.Inputs.Add(new RegionInput(p._x, TimeAccess.Whole)), "@x is read at a step though it has none, or the other way round"),
            ["shared read as a row"] = (p => p._b.LaneSum(p._b.Input(p.Shared(), TimeAccess.Whole)), "%5 reads a shared vector other than lane by lane"),
            ["statistic of a trained weight"] = (p => p._program.Statistics.Add(new MovingStatistic(p._kernel.Parameter, p.Shared(), 0.5)), "@training is no statistic of its parameter"),
            ["read without a stride"] = (p => p._b.Input(p._x, TimeAccess.Shifted(0, stride: 0)), "@x is read by region without a stride"),
            ["read half written"] = (p =>
            {
                Sequence z = p.New("z", Steps + 1);
                p._b.Output(p._input, z, TimeAccess.Shifted(1));
                p._b.Output(p._b.Input(z, TimeAccess.Same), p.New("copy", Steps), TimeAccess.Same);
            }, "@z is read by region before it is written"),
            ["written outside"] = (p => p._b.Output(p._input, p.New("z", Steps), TimeAccess.Shifted(1)), "@z is written outside of its steps"),
            ["initial state unwritten"] = (p => p._b.State(new RegionState("c", Width, p.New("c0", 0))), "region starts state c from something else than a written vector of its width"),
            ["initial state a sequence"] = (p => p._b.State(new RegionState("c", Width, p._x)), "region starts state c from something else than a written vector of its width"),
            ["state without a next value"] = (p => p._state.Next = null, "region says nothing about state h after the step"),
            ["state changes width"] = (p => p._state.Next = p._b.Slice(p._product, 0, 2), "region changes the width of state h"),
            ["state is a mask"] = (p => p._state.Next = p._b.Greater(p._product, 0), "region carries a mask in state h"),
            ["output's width"] = (p => p._b.Output(p._b.LaneSum(p._input), p.New("z", Steps), TimeAccess.Same), "@z has another width than its value"),
            ["output a mask"] = (p => p._b.Output(p._b.Greater(p._input, 0), p.New("z", Steps), TimeAccess.Same), "@z is to hold a mask"),
            ["output's blocks"] = (p => p._b.Output(p._input, new Sequence(-1, "z", 0, Width * Steps + 1), TimeAccess.Block), "@z has another width than its value"),
            ["block of a sequence"] = (p => p._region.Outputs.Add(new RegionOutput(p._input, new Sequence(-1, "z", Steps, Width * Steps), TimeAccess.Block)), "@z is written at a step though it has none, or the other way round"),
            ["output's steps"] = (p => p._b.Output(p._input, p.New("z", Steps + 1), TimeAccess.Same), "@z has another number of steps than region"),
            ["output without a step"] = (p => p._region.Outputs.Add(new RegionOutput(p._input, p.New("z", Steps), TimeAccess.Whole)), "@z is written at a step though it has none, or the other way round"),
            ["written twice"] = (p => p._b.Output(p._input, p._y, TimeAccess.Same), "@y is written twice"),
            ["final state written twice"] = (p => p._state.Final = p._y, "@y is written twice"),
            ["wrong number"] = (p => p._product.Id = 9, "%9 has the wrong number"),
            ["no lanes"] = (p => p._b.Constant(1, 0), "%4 has no lanes"),
            ["operand behind its user"] = (p => p._region.Values.Insert(0, new Value(0, OpCode.Negate, Width, [p._product])), "%0 reads a value that does not stand before it"),
            ["operand of another region"] = (p => p._b.Unary(OpCode.Negate, new Value(0, OpCode.Constant, Width, [])), "%4 reads a value that does not stand before it"),
            ["mixed widths"] = (p => p.Append(OpCode.Add, Width, p._input, p._b.Slice(p._product, 0, 2)), "%5 mixes widths"),
            ["selected by a number"] = (p => p._b.Select(p._input, p._input, p._product), "%4 selects by something that is no mask"),
            ["mask in arithmetic"] = (p => p._b.Unary(OpCode.Negate, p._b.Greater(p._input, 0)), "%6 computes with a mask"),
            ["product's weights"] = (p => p._b.Linear(Width, null, (p._input, p._kernel.SliceRows(0, 2))), "%4 does not fit its weights"),
            ["product's bias"] = (p => p._b.Linear(Width, p._kernel.SliceColumns(0, 2), (p._input, p._kernel)), "%4 does not fit its bias"),
            ["product's initial value"] = (p => p._b.Linear(Width, null, p._b.LaneSum(p._input), false, []), "%5 does not fit the value it starts from"),
            ["random of no source"] = (p => p.Append(OpCode.Random, Width), "%4 has the argument of another operation"),
            ["a sum of one"] = (p => p.Append(OpCode.Add, Width, p._input), "%4 has another number of operands than its operation"),
            ["product of too many operands"] = (p => p._region.Values.Add(new Value(4, OpCode.Linear, Width, [p._input, p._product], new ProductArgument(default, null, false))), "%4 has another number of operands than weights"),
            ["rate of zero"] = (p => p._b.Random(new RandomSource(RandomKind.Keep, 0, 0, 0, false), Width), "%4 draws from no distribution"),
            ["rate above one"] = (p => p._b.Random(new RandomSource(RandomKind.Keep, 1.5, 0, 0, false), Width), "%4 draws from no distribution"),
            ["random in the backward pass"] = (p => p._program.Backward.Add(p.WithRandom()), "%0 draws in the backward pass"),
            ["parameter leaf"] = (p => p._b.Parameter(p._kernel), "%4 does not fit its parameter"),
            ["reduction"] = (p => p.Append(OpCode.LaneSum, 2, p._input), "%4 is a reduction of more than one lane"),
            ["broadcast"] = (p => p.Append(OpCode.Broadcast, Width * 2, p._input), "%4 broadcasts more than one lane"),
            ["concatenation"] = (p => p.Append(OpCode.Concat, Width, p._input, p._product), "%4 is not as wide as its parts"),
            ["slice"] = (p => p._b.Slice(p._input, 3, 2), "%4 slices outside its operand"),
            ["input's index"] = (p => p._input.Argument = new LeafArgument(7), "%0 reads no input"),
            ["state's index"] = (p => p._region.Values.Single(v => v.Op == OpCode.State).Argument = new LeafArgument(7), "%1 reads no state"),
        };

    public static Program Build(string way)
    {
        BrokenPrograms program = new();
        Ways[way].Break(program);
        return program._program;
    }

    private void Replace(Func<ParameterGradient, ParameterGradient> change) => _program.Gradients[0] = change(_program.Gradients[0]);

    private Region WithRandom()
    {
        Region region = new("backward", 0, Steps);
        RegionBuilder b = new(region);
        b.Output(b.Random(new RandomSource(RandomKind.Keep, 0.5, 0, 0, false), Width), New("mask", Steps), TimeAccess.Same);
        return region;
    }

    private void Append(OpCode op, int width, params Value[] operands) => _region.Values.Add(new Value(_region.Values.Count, op, width, operands));

    private Sequence Shared() => _program.TrainingFlag ??= _program.NewShared("training", 1);

    private Sequence New(string name, int steps) => _program.NewSequence(name, steps, Width);

    private Sequence Given(string name, int steps)
    {
        Sequence sequence = New(name, steps);
        _program.Inputs.Add(sequence);
        return sequence;
    }
}
