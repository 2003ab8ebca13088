using System;
using System.Collections.Generic;

namespace GenRnn.Compiler.Kernels;

/// <summary>One method of the emitted file. A leaf is compiled once, fully optimised; a driver calls leaves.</summary>
public sealed class Kernel
{
    public Kernel(string name, string summary, IReadOnlyList<string> references, IReadOnlyList<string> numbers, IReadOnlyList<Statement> body, bool isLeaf)
    {
        Name = name;
        Summary = summary;
        References = references;
        Numbers = numbers;
        Body = body;
        IsLeaf = isLeaf;
        Method = this;
    }

    /// <summary>Method name, unique in the model.</summary>
    public string Name { get; internal set; }

    /// <summary>The equation and the shapes, for the reader.</summary>
    public string Summary { get; }

    /// <summary>Names of the parameters that are references to elements.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Names of the parameters that are integers.</summary>
    public IReadOnlyList<string> Numbers { get; }

    public IReadOnlyList<Statement> Body { get; internal set; }

    /// <summary>Writes the same kernel for any width, with the same parameters; null if there is no such form.</summary>
    internal Func<Remainders, IReadOnlyList<Statement>>? ForAnyWidth { get; init; }

    /// <summary>What is called for it: itself, or a kernel that stands for several and is given their sizes as numbers.</summary>
    public Kernel Method { get; internal set; }

    /// <summary>What <see cref="Method"/> is given behind this kernel's own numbers.</summary>
    public IReadOnlyList<int> Sizes { get; internal set; } = Array.Empty<int>();

    public bool IsLeaf { get; }

    /// <summary>Whether a driver is compiled like a leaf: one step of a stream is so short that its first thousands of calls would otherwise cost several times as much.</summary>
    public bool IsStep { get; init; }
}
