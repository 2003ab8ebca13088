using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Kernels;

/// <summary>A statement of a kernel or a driver.</summary>
public abstract record Statement;

/// <summary>for (variable = From; variable &lt; To; variable += Step), or downwards if Step is negative: from From while &gt;= To.</summary>
public sealed record Loop(string Variable, Index From, Index To, Index Step, IReadOnlyList<Statement> Body) : Statement;

/// <summary>What a branch tests.</summary>
public enum Comparison
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Runs Body if the comparison holds, else Otherwise. Comparisons of constants and lane counts vanish in the JIT.</summary>
public sealed record Branch(Index Left, Comparison Comparison, Index Right, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise) : Statement;

/// <summary>Statements whose locals end with them.</summary>
public sealed record Block(IReadOnlyList<Statement> Body) : Statement;

/// <summary>Runs Body on machines with 32 vector registers, else Otherwise; a constant to the JIT.</summary>
public sealed record RegisterBranch(IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise) : Statement;

/// <summary>A new vector local.</summary>
public sealed record Let(string Name, Vec Value) : Statement;

/// <summary>Two new vector locals: one function of two arguments, computed side by side.</summary>
public sealed record LetPair(string First, string Second, OpCode Op, Vec X, Vec Y) : Statement;

/// <summary>Gives an existing vector local a new value.</summary>
public sealed record Assign(string Name, Vec Value) : Statement;

public sealed record Store(Place Place, Vec Value) : Statement;

/// <summary>Stores the first <paramref name="Count"/> lanes and leaves what lies behind them.</summary>
public sealed record StoreTail(Place Place, Vec Value, Index Count) : Statement;

public sealed record StoreScalar(Place Place, Scalar Value) : Statement;

/// <summary>A new reference local.</summary>
public sealed record Point(string Name, Place Place) : Statement;

/// <summary>Moves a reference local on.</summary>
public sealed record Advance(string Name, Index Offset) : Statement;

/// <summary>A new integer local.</summary>
public sealed record LetIndex(string Name, Index Value) : Statement;

/// <summary>Gives an integer local a new value.</summary>
public sealed record AssignIndex(string Name, Index Value) : Statement;

/// <summary>A comment.</summary>
public sealed record Note(string Text) : Statement;

/// <summary>Calls a kernel: references first, then integers.</summary>
public sealed record Invoke(Kernel Kernel, IReadOnlyList<Place> References, IReadOnlyList<Index> Numbers) : Statement;

/// <summary>Sets <paramref name="Count"/> elements to zero.</summary>
public sealed record Clear(Place Place, Index Count) : Statement
{
    /// <summary>What it is that is zero, for the reader; empty if that shows.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Copies <paramref name="Count"/> elements.</summary>
public sealed record Copy(Place Source, Place Target, Index Count) : Statement;
