using System;
using System.Collections.Generic;
using System.Threading;
using GenRnn.Compiler;
using GenRnn.Compiler.Spec;

namespace GenRnn.Generator.Pipeline;

/// <summary>
/// The last compiled models, keyed by their specs. The source branch, the diagnostics branch and the analyzers of one process
/// ask for the same models; each is compiled once.
/// </summary>
public static class CompilationCache
{
    private const int Capacity = 128;

    private static readonly object s_gate = new();
    private static readonly Dictionary<ModelSpec, LinkedListNode<Entry>> s_entries = new();
    private static readonly LinkedList<Entry> s_byUse = new();

    /// <summary>Compiles a model, or gives the result of an earlier call. Throws nothing but <see cref="OperationCanceledException"/>:
    /// any other exception of the compiler becomes the finding GEN0002.</summary>
    public static CompiledModel Compile(ModelSpec spec, CancellationToken cancellationToken)
    {
        Entry entry = Use(spec);
        lock (entry)
        {
            // A cancelled compilation leaves the entry empty, and whoever asks next compiles.
            return entry.Result ??= CompileGuarded(spec, cancellationToken);
        }
    }

    private static Entry Use(ModelSpec spec)
    {
        lock (s_gate)
        {
            if (s_entries.TryGetValue(spec, out LinkedListNode<Entry>? node))
            {
                s_byUse.Remove(node);
                s_byUse.AddFirst(node);
                return node.Value;
            }

            if (s_entries.Count == Capacity)
            {
                s_entries.Remove(s_byUse.Last!.Value.Spec);
                s_byUse.RemoveLast();
            }

            node = s_byUse.AddFirst(new Entry(spec));
            s_entries.Add(spec, node);
            return node.Value;
        }
    }

    private static CompiledModel CompileGuarded(ModelSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return ModelCompiler.Compile(spec, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string message = exception.GetType().Name + ": " + exception.Message.Replace('\r', ' ').Replace('\n', ' ');
            return new CompiledModel("", new EquatableArray<Finding>(new[]
            {
                new Finding("GEN0002", -1, -1, "", new EquatableArray<string>(new[] { spec.Class.Name, message })),
            }));
        }
    }

    private sealed class Entry(ModelSpec spec)
    {
        public ModelSpec Spec { get; } = spec;

        public CompiledModel? Result { get; set; }
    }
}
