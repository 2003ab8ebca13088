using System;
using System.Collections.Generic;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Interpreter.Kernels;

/// <summary>Where a reference points: an element of memory.</summary>
/// <param name="Elements">The memory: an arena, the panels, a caller's span.</param>
/// <param name="Offset">The element.</param>
/// <param name="Id">The id that led there, in a table; null, the default, where none did.</param>
internal readonly record struct Pointer<T>(T[] Elements, int Offset, T? Id = null)
    where T : unmanaged
{
    public void Deconstruct(out T[] elements, out int offset) => (elements, offset) = (Elements, Offset);
}

/// <summary>
/// Runs kernels and drivers as they were scheduled, statement by statement, on a machine whose vectors hold so many lanes. What lies outside of a piece of memory
/// cannot be touched.
/// </summary>
/// <typeparam name="T">An element.</typeparam>
/// <typeparam name="TNumbers">What it computes with.</typeparam>
internal sealed partial class KernelMachine<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private readonly int _lanes;
    private readonly bool _hasManyRegisters;
    private readonly Func<Pointer<T>, (uint, uint)?> _key;
    private readonly Dictionary<Kernel, Method> _methods = new();

    /// <param name="lanes">Elements of a vector.</param>
    /// <param name="hasManyRegisters">Whether there are 32 vector registers.</param>
    /// <param name="key">Reads the key of a mask; null if nothing is drawn.</param>
    public KernelMachine(int lanes, bool hasManyRegisters, Func<Pointer<T>, (uint, uint)?> key)
    {
        _lanes = lanes;
        _hasManyRegisters = hasManyRegisters;
        _key = key;
    }

    /// <summary>Calls a kernel with references and numbers.</summary>
    public void Call(Kernel kernel, IReadOnlyList<Pointer<T>> references, IReadOnlyList<int> numbers)
    {
        Method method = MethodOf(kernel);
        if (kernel.IsLeaf && NameTrace.Current is { } trace)
            trace.Kernel = kernel.Name;
        Frame frame = new(method, _lanes);
        for (int i = 0; i < references.Count; i++)
            frame.References[i] = references[i];
        for (int i = 0; i < numbers.Count; i++)
            frame.Numbers[i] = numbers[i];
        try
        {
            method.Body(frame);
        }
        catch (IndexOutOfRangeException exception)
        {
            throw new InvalidOperationException($"{kernel.Name} reads or writes outside of its memory.", exception);
        }
    }

    private Method MethodOf(Kernel kernel)
    {
        if (!_methods.TryGetValue(kernel, out Method? method))
            _methods[kernel] = method = new Compilation(this, kernel).Method;
        return method;
    }

    /// <summary>A compiled kernel.</summary>
    private sealed class Method
    {
        public Action<Frame> Body { get; set; } = null!;

        public IReadOnlyDictionary<string, int> ReferenceSlots { get; set; } = null!;

        public IReadOnlyDictionary<string, int> NumberSlots { get; set; } = null!;

        public int Vectors { get; set; }
    }

    /// <summary>Locals of a call.</summary>
    private sealed class Frame(Method method, int lanes)
    {
        public readonly Pointer<T>[] References = new Pointer<T>[method.ReferenceSlots.Count];

        public readonly int[] Numbers = new int[method.NumberSlots.Count];

        /// <summary>Whether a pass has ended.</summary>
        public bool HasReturned;

        /// <summary>What a number was read from, if it is an id.</summary>
        public readonly T[] Ids = new T[method.NumberSlots.Count];

        public readonly T[] Vectors = new T[method.Vectors * lanes];
    }
}
