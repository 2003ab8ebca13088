using System;
using System.Collections.Generic;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>
/// A random program: a scan with two states (one a delayed copy of the other) that reads a sequence and a vector, then a map that
/// reads the scan's outputs, forwards or backwards, at steps of their own and others, and the vector again.
/// </summary>
internal sealed class RandomProgram
{
    private const int Steps = 3;
    private const int Width = 3;
    private const int OperationsOfARegion = 7;

    private readonly Random _random;
    private readonly Program _program = new();
    private int _parameterOffset;

    private RandomProgram(int seed) => _random = new Random(seed);

    /// <summary>Forward and backward, before any pass.</summary>
    public static Program Build(int seed)
    {
        RandomProgram builder = new(seed);
        builder.Write();
        Differentiation.Run(builder._program);
        return builder._program;
    }

    private void Write()
    {
        Sequence x = AddInput("x", Steps);
        Sequence v = AddInput("v", 0);
        Sequence start = AddInput("start", 0);

        RegionBuilder scan = AddRegion("scan");
        RegionState h = new("h", Width, start);
        RegionState delayed = new("delayed", Width, null);
        Value hLeaf = scan.State(h);
        Value last = Operations(scan, [scan.Input(x, RandomRead()), scan.Input(v, TimeAccess.Whole), hLeaf, scan.State(delayed)]);
        h.Next = scan.Unary(OpCode.Tanh, last);
        h.Final = _program.NewSequence("h_last", 0, Width);
        delayed.Next = hLeaf;
        delayed.Final = _program.NewSequence("delayed_last", 0, Width);
        Sequence forwards = _program.NewSequence("forwards", Steps, Width);
        Sequence backwards = _program.NewSequence("backwards", Steps, Width);
        scan.Output(h.Next, forwards, TimeAccess.Same);
        scan.Output(scan.Region.Values[_random.Next(scan.Region.Values.Count)] is { Width: Width, IsMask: false } any ? any : last, backwards, TimeAccess.Reversed);

        RegionBuilder map = AddRegion("map");
        Value y = Operations(map, [map.Input(forwards, RandomRead()), map.Input(forwards, RandomRead()), map.Input(backwards, RandomRead()), map.Input(v, TimeAccess.Whole)]);
        Sequence mapped = _program.NewSequence("mapped", Steps, Width);
        map.Output(y, mapped, RandomAccess());
        _program.Outputs.AddRange([mapped, forwards, h.Final, delayed.Final]);
    }

    private Value Operations(RegionBuilder b, List<Value> pool)
    {
        for (int i = 0; i < OperationsOfARegion; i++)
            pool.Add(b.Unary(OpCode.Tanh, Operation(b, Pick(pool), Pick(pool))));
        return pool[^1];
    }

    private Value Operation(RegionBuilder b, Value a, Value c) => _random.Next(21) switch
    {
        0 => b.Unary(OpCode.Negate, a),
        1 => b.Unary(OpCode.Abs, a),
        2 => b.Unary(OpCode.Exp, a),
        3 => b.Unary(OpCode.Log, Positive(b, a)),
        4 => b.Unary(OpCode.Log1p, b.Multiply(a, a)),
        5 => b.Unary(OpCode.Sigmoid, a),
        6 => b.Unary(OpCode.Erf, a),
        7 => b.Unary(OpCode.Softplus, a),
        8 => b.Unary(OpCode.Sqrt, Positive(b, a)),
        9 => b.Add(a, b.Multiply(c, b.Parameter(AddParameter([Width])))),
        10 => b.Subtract(a, c),
        11 => b.Multiply(a, c),
        12 => b.Divide(a, Positive(b, c)),
        13 => b.Select(b.Binary(_random.Next(2) == 0 ? OpCode.Greater : OpCode.GreaterOrEqual, a, b.Constant(0.1, Width)), c, a),
        14 => b.Subtract(a, b.LaneSum(c)),
        15 => b.Concat([b.Slice(a, 1, Width - 1), b.Slice(c, 0, 1)]),
        16 => b.Linear(Width, AddParameter([Width]), null, _random.Next(2) == 0, [new LinearTerm(a, Matrix()), new LinearTerm(c, Matrix())]),
        17 => b.Multiply(c, b.Gather(Matrix(), b.Select(b.Greater(b.Slice(a, 0, 1), 0.2), b.Constant(1.5), b.Constant(0)))),
        18 => b.Multiply(a, b.Random(_program.NewRandom(RandomKind.Keep, 0.3, 0), Width)),
        19 => b.Add(a, b.Random(_program.NewRandom(RandomKind.Normal, 0.3, 0, isSharedByRows: true), Width)),
        _ => b.Linear(Width, null, a, false, [new LinearTerm(c, Matrix())]),
    };

    private static Value Positive(RegionBuilder b, Value a) => b.Add(b.Multiply(a, a), 0.5);

    private Value Pick(List<Value> pool) => pool[_random.Next(pool.Count)];

    private TimeAccess RandomAccess() => _random.Next(2) == 0 ? TimeAccess.Same : TimeAccess.Reversed;

    /// <summary>Also outside of the sequence, and over some of its steps.</summary>
    private TimeAccess RandomRead() => new(AccessKind.Step, _random.Next(2) == 0, 1 + _random.Next(2), _random.Next(-2, 3));

    private ParameterView Matrix() => AddParameter([Width, Width]);

    private ParameterView AddParameter(IReadOnlyList<int> shape)
    {
        Parameter parameter = new(0, "w", "random/w_" + _program.Parameters.Count, shape, _parameterOffset, new InitializerSpec("Zeros"));
        _program.Parameters.Add(parameter);
        _parameterOffset += parameter.Length;
        return parameter.View();
    }

    private RegionBuilder AddRegion(string name)
    {
        Region region = new(name, 0, Steps) { Equation = name };
        _program.Forward.Add(region);
        return new RegionBuilder(region);
    }

    private Sequence AddInput(string name, int steps)
    {
        Sequence input = _program.NewSequence(name, steps, Width, SequenceKind.Input);
        _program.Inputs.Add(input);
        return input;
    }
}
