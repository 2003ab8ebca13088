using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>What is called for a kernel: itself, or one that stands for several and is given their sizes as numbers.</summary>
/// <param name="Kernel">The one that is called.</param>
/// <param name="Sizes">What it is given behind the kernel's own numbers.</param>
public sealed record SizedCall(Kernel Kernel, IReadOnlyList<int> Sizes);

/// <summary>All kernels of a model, as they are emitted.</summary>
public sealed class KernelSet
{
    private readonly IReadOnlyDictionary<Kernel, SizedCall> _stands;
    private readonly Dictionary<Kernel, Kernel> _callers = new();

    /// <param name="kernels">Leaves, and drivers that still call what was written first.</param>
    /// <param name="stands">What stands for which leaf.</param>
    public KernelSet(IEnumerable<Kernel> kernels, IReadOnlyDictionary<Kernel, SizedCall> stands)
    {
        _stands = stands;
        Kernels = kernels.Select(k => k.IsLeaf ? k : Of(k)).ToList();
    }

    public IReadOnlyList<Kernel> Kernels { get; }

    /// <summary>What is called for a leaf.</summary>
    public SizedCall CallOf(Kernel leaf) => _stands.TryGetValue(leaf, out SizedCall? call) ? call : new SizedCall(leaf, Array.Empty<int>());

    /// <summary>A driver or pass with the calls that stand for its own.</summary>
    public Kernel Of(Kernel caller)
    {
        if (!_callers.TryGetValue(caller, out Kernel? resolved))
            _callers[caller] = resolved = caller.With(Of(caller.Body));
        return resolved;
    }

    /// <summary>Statements with the calls that stand for their own.</summary>
    public IReadOnlyList<Statement> Of(IReadOnlyList<Statement> body) => new InvokeMap(Of, Of).Apply(body);

    private Invoke Of(Invoke invoke)
    {
        if (!invoke.Kernel.IsLeaf)
            return invoke with { Kernel = Of(invoke.Kernel) };
        SizedCall call = CallOf(invoke.Kernel);
        return new Invoke(call.Kernel, invoke.References, invoke.Numbers.Concat(call.Sizes.Select(s => (Index)s)).ToList());
    }
}
