using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Kernels;

/// <summary>A vector expression: one vector of the machine.</summary>
public abstract record Vec
{
    public static Vec Local(string name) => new LocalVec(name);
}

public sealed record LocalVec(string Name) : Vec;

/// <summary>Consecutive elements from memory.</summary>
public sealed record LoadVec(Place Place) : Vec;

/// <summary>One element from memory in every lane.</summary>
public sealed record SplatVec(Place Place) : Vec;

/// <summary>Element <paramref name="Lane"/> behind a place in every lane, taken out of the whole vector that holds it.</summary>
public sealed record SplatLaneVec(Place Place, int Lane) : Vec;

/// <summary>A number in every lane.</summary>
public sealed record NumberVec(double Number) : Vec;

/// <summary>a b + c, rounded once.</summary>
public sealed record FmaVec(Vec A, Vec B, Vec C) : Vec;

/// <summary>A pointwise operation of the IR.</summary>
public sealed record ApplyVec(OpCode Op, IReadOnlyList<Vec> Operands) : Vec;

/// <summary>Random numbers at (position, row): one index for all lanes, or ascending along the axis that lies in the lanes.</summary>
public sealed record RandomVec(RandomSource Source, Place Key, Index Position, Index Row, bool PositionAscends, bool RowAscends) : Vec;

/// <summary>A scalar expression: results of lane reductions.</summary>
public abstract record Scalar;

public sealed record LoadScalar(Place Place) : Scalar;

public sealed record AddScalar(Scalar A, Scalar B) : Scalar;

/// <summary>Sum of products over <paramref name="Count"/> consecutive elements, in the order of 16 partial sums.</summary>
public sealed record LaneDotScalar(Place A, Place B, int Count) : Scalar;

/// <summary>A lane reduction (sum or maximum) over <paramref name="Count"/> consecutive elements.</summary>
public sealed record LaneReduceScalar(OpCode Op, Place A, int Count) : Scalar;

/// <summary>The lanes of one vector, folded in halves.</summary>
public sealed record FoldScalar(Vec Vector) : Scalar;
