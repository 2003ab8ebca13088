using System;
using System.Collections.Generic;

namespace GenRnn.Compiler.Kernels;

/// <summary>One method of the emitted file. A leaf is compiled once, fully optimised; a driver calls leaves; a pass stands between a caller's spans and a driver.</summary>
public sealed class Kernel
{
    public Kernel(string name, string summary, IReadOnlyList<Reference> references, IReadOnlyList<string> numbers, IReadOnlyList<Statement> body, bool isLeaf)
    {
        Name = name;
        Summary = summary;
        References = references;
        Numbers = numbers;
        Body = body;
        IsLeaf = isLeaf;
    }

    private Kernel(Kernel kernel, string name, IReadOnlyList<Statement> body)
        : this(name, kernel.Summary, kernel.References, kernel.Numbers, body, kernel.IsLeaf)
    {
        ForAnyWidth = kernel.ForAnyWidth;
        Locals = kernel.Locals;
        IsStep = kernel.IsStep;
        Parameters = kernel.Parameters;
    }

    /// <summary>Method name, unique in the model.</summary>
    public string Name { get; }

    /// <summary>The equation and the shapes, for the reader; empty if there is nothing to say.</summary>
    public string Summary { get; }

    /// <summary>The parameters that are references to elements.</summary>
    public IReadOnlyList<Reference> References { get; }

    /// <summary>Names of the parameters that are integers.</summary>
    public IReadOnlyList<string> Numbers { get; }

    public IReadOnlyList<Statement> Body { get; }

    /// <summary>Parameters of a pass, which has no references and numbers beside them; null for all other kernels.</summary>
    public IReadOnlyList<PassParameter>? Parameters { get; init; }

    /// <summary>Writes the same kernel for any width, with the same parameters; null if there is no such form.</summary>
    internal Func<Remainders, IReadOnlyList<Statement>>? ForAnyWidth { get; init; }

    public bool IsLeaf { get; }

    /// <summary>What a reader calls locals, by their names in statements: the equation's own words. They make no difference to what kernels are alike.</summary>
    public IReadOnlyDictionary<string, string> Locals { get; init; } = NoNames;

    /// <summary>Nothing to say of locals.</summary>
    public static IReadOnlyDictionary<string, string> NoNames { get; } = new Dictionary<string, string>();

    /// <summary>Whether it is a step of a stream, which is so short that its first thousands of calls would otherwise cost several times as much.</summary>
    public bool IsStep { get; init; }

    /// <summary>A pass.</summary>
    public static Kernel Pass(string name, string summary, IReadOnlyList<PassParameter> parameters, IReadOnlyList<Statement> body, bool isStep = false) =>
        new(name, summary, Array.Empty<Reference>(), Array.Empty<string>(), body, isLeaf: false) { Parameters = parameters, IsStep = isStep };

    /// <summary>The same kernel with another body.</summary>
    public Kernel With(IReadOnlyList<Statement> body) => new(this, Name, body);

    /// <summary>The same kernel with another name.</summary>
    public Kernel Called(string name) => new(this, name, Body);
}
