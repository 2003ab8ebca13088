using System.Collections.Generic;

namespace GenRnn.Compiler.Kernels;

/// <summary>What a pass asks before it does something.</summary>
public abstract record Condition;

/// <summary>A comparison of numbers.</summary>
public sealed record Compare(Index Left, Comparison Comparison, Index Right) : Condition;

/// <summary>Whether all hold, asked in order.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>A flag of the call, or a condition with a name.</summary>
public sealed record IsSet(string Name) : Condition;

/// <summary>Whether another condition does not hold.</summary>
public sealed record IsNot(Condition Condition) : Condition;

/// <summary>Whether the caller gave a state.</summary>
public sealed record HasState(bool IsGiven) : Condition;

/// <summary>Whether a span has elements.</summary>
public sealed record HasElements(string Span) : Condition;

/// <summary>Whether two spans have memory in common.</summary>
public sealed record Overlaps(string First, string Second) : Condition;
