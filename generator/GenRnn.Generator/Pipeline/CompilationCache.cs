using System;
using System.Collections.Generic;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Generator.Pipeline;

/// <summary>
/// The last compiled models, keyed by their specs. The source branch, the diagnostics branch and the analyzers of one process
/// ask for the same models; each is compiled once.
/// </summary>
public sealed class CompilationCache
{
    private readonly Func<ModelSpec, CancellationToken, CompiledModel> _compile;
    private readonly int _capacity;
    private readonly Dictionary<ModelSpec, LinkedListNode<Entry>> _entries = new();
    private readonly LinkedList<Entry> _byUse = new();

    internal CompilationCache(Func<ModelSpec, CancellationToken, CompiledModel> compile, int capacity)
    {
        _compile = compile;
        _capacity = capacity;
    }

    /// <summary>The cache of the process.</summary>
    public static CompilationCache Shared { get; } = new(ModelCompiler.Compile, capacity: 128);

    /// <summary>Compiles a model, or gives the result of an earlier call. Throws nothing but <see cref="OperationCanceledException"/>:
    /// any other exception of the compiler becomes the finding GEN0002.</summary>
    public CompiledModel Compile(ModelSpec spec, CancellationToken cancellationToken)
    {
        Entry entry = Use(spec);
        lock (entry)
        {
            // A cancelled compilation leaves the entry empty, and whoever asks next compiles.
            return entry.Result ??= CompileGuarded(spec, cancellationToken);
        }
    }

    private Entry Use(ModelSpec spec)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(spec, out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value;
            }

            if (_entries.Count == _capacity)
            {
                _entries.Remove(_byUse.Last!.Value.Spec);
                _byUse.RemoveLast();
            }

            node = _byUse.AddFirst(new Entry(spec));
            _entries.Add(spec, node);
            return node.Value;
        }
    }

    private CompiledModel CompileGuarded(ModelSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return _compile(spec, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new CompiledModel("", new EquatableArray<Finding>(new[] { InternalErrors.Describe(spec.Class.Name, exception) }));
        }
    }

    private sealed class Entry(ModelSpec spec)
    {
        public ModelSpec Spec { get; } = spec;

        public CompiledModel? Result { get; set; }
    }
}
