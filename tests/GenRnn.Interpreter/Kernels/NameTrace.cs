using System;
using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter.Kernels;

/// <summary>Where the names of a run come from: which of them the program gives, and which kernel made the others of what. It finds the kernel that read a wrong value.</summary>
internal sealed class NameTrace
{
    [ThreadStatic]
    private static NameTrace? s_current;

    private readonly HashSet<ulong> _program = [];
    private readonly Dictionary<ulong, (string Kernel, ulong[] Operands)> _kernels = [];

    /// <summary>The trace of this thread, if there is one.</summary>
    public static NameTrace? Current
    {
        get => s_current;
        set => s_current = value;
    }

    /// <summary>The kernel that runs; empty while the program does.</summary>
    public string Kernel { get; set; } = "";

    /// <summary>Takes a given or the result of an operation.</summary>
    public void Add(ulong name, params ulong[] operands)
    {
        if (Kernel.Length == 0)
            _program.Add(name);
        else if (!_program.Contains(name))
            _kernels.TryAdd(name, (Kernel, operands));
    }

    /// <summary>Which kernel went wrong on the way to a result.</summary>
    public string Explain(ulong name)
    {
        if (_program.Contains(name))
            return "It is another value of the program.";
        string last = "";
        while (_kernels.TryGetValue(name, out (string Kernel, ulong[] Operands) made))
        {
            last = made.Kernel;
            int wrong = Array.FindIndex(made.Operands, o => o != 0 && !_program.Contains(o));
            if (wrong < 0)
                return $"{last} computes it of values that the program has, but does not bring together so: one is of another step, row or lane, or was overwritten.";
            name = made.Operands[wrong];
        }

        return last.Length == 0 ? "No kernel wrote it." : $"{last} reads what nothing has written, or an earlier call.";
    }
}

/// <summary>Named numbers that leave a trace.</summary>
internal readonly struct TracedNumbers<T, TNumbers> : INumbers<Named<T>>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private static NamedNumbers<T, TNumbers> Numbers => default;

    public Named<T> Constant(double number) => Traced(Numbers.Constant(number));

    public Named<T> MultiplyAdd(Named<T> a, Named<T> b, Named<T> c) => Traced(Numbers.MultiplyAdd(a, b, c), a.Name, b.Name, c.Name);

    public Named<T> Normal(uint x0, uint x1) => Traced(Numbers.Normal(x0, x1));

    public Named<T> Unary(OpCode op, Named<T> a) => Traced(Numbers.Unary(op, a), a.Name);

    public Named<T> Binary(OpCode op, Named<T> a, Named<T> b) => Traced(Numbers.Binary(op, a, b), a.Name, b.Name);

    public Named<T> Select(Named<T> mask, Named<T> a, Named<T> b) => Traced(Numbers.Select(mask, a, b), mask.Name, a.Name, b.Name);

    public int Truncate(Named<T> a) => Numbers.Truncate(a);

    public Named<T> Entry(Named<T> entry, Named<T> id) => Traced(Numbers.Entry(entry, id), entry.Name, id.Name);

    private static Named<T> Traced(Named<T> result, params ulong[] operands)
    {
        NameTrace.Current!.Add(result.Name, operands);
        return result;
    }
}
