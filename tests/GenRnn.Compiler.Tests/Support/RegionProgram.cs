using System;
using System.Collections.Generic;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>
/// A program of one scan written by hand: a sequence x, a vector v, a carried state h that starts from h0, weights. The body gives
/// the next state, which is also written at every step.
/// </summary>
internal sealed class RegionProgram
{
    public const int Steps = 3;
    public const int Width = 4;

    private readonly Program _program = new();
    private int _parameterOffset;

    private RegionProgram(Func<RegionProgram, Value> body)
    {
        Sequence x = AddInput("x", Steps);
        Sequence v = AddInput("v", 0);
        Sequence h0 = AddInput("h0", 0);
        Region region = new("body", 0, Steps) { Equation = "h' = body(x, v, h)" };
        _program.Forward.Add(region);
        B = new RegionBuilder(region);
        X = B.Input(x, TimeAccess.Same);
        V = B.Input(v, TimeAccess.Whole);
        RegionState state = new("h", Width, h0) { IsCarried = true };
        H = B.State(state);
        state.Next = body(this);
        state.Final = _program.NewSequence("last", 0, Width);
        Sequence all = _program.NewSequence("all", Steps, Width);
        B.Output(state.Next, all, TimeAccess.Same);
        _program.Outputs.Add(all);
        _program.Outputs.Add(state.Final);
    }

    public RegionBuilder B { get; }

    public Value X { get; }

    public Value V { get; }

    public Value H { get; }

    /// <summary>Only the forward half.</summary>
    public static Program Forward(Func<RegionProgram, Value> body) => new RegionProgram(body)._program;

    /// <summary>Differentiated, and through all passes.</summary>
    public static Program Build(Func<RegionProgram, Value> body)
    {
        Program program = Forward(body);
        Differentiation.Run(program);
        Pipeline.Run(program);
        return program;
    }

    public ParameterView Weights(int rows, int columns) => AddParameter([rows, columns]);

    public ParameterView Vector(int width) => AddParameter([width]);

    private ParameterView AddParameter(IReadOnlyList<int> shape)
    {
        Parameter parameter = new(0, "w", "body/w_" + _program.Parameters.Count, shape, _parameterOffset, new InitializerSpec("Zeros"));
        _program.Parameters.Add(parameter);
        _parameterOffset += parameter.Length;
        return parameter.View();
    }

    private Sequence AddInput(string name, int steps)
    {
        Sequence input = _program.NewSequence(name, steps, Width, SequenceKind.Input);
        _program.Inputs.Add(input);
        return input;
    }
}
