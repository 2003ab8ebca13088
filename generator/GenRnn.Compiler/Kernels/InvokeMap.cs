using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Kernels;

/// <summary>Code with other calls in it.</summary>
internal sealed class InvokeMap
{
    private readonly Func<Invoke, Invoke> _invoke;
    private readonly Func<Kernel, Kernel> _pass;

    /// <param name="invoke">What stands for the call of a kernel.</param>
    /// <param name="pass">What stands for a pass.</param>
    public InvokeMap(Func<Invoke, Invoke> invoke, Func<Kernel, Kernel> pass)
    {
        _invoke = invoke;
        _pass = pass;
    }

    public IReadOnlyList<Statement> Apply(IReadOnlyList<Statement> body) => body.Select(Apply).ToList();

    private Statement Apply(Statement statement) => statement switch
    {
        Invoke s => _invoke(s),
        PassCall s => s with { Pass = _pass(s.Pass) },
        Loop s => s with { Body = Apply(s.Body) },
        Branch s => s with { Body = Apply(s.Body), Otherwise = Apply(s.Otherwise) },
        RegisterBranch s => new RegisterBranch(Apply(s.Body), Apply(s.Otherwise)),
        Block s => new Block(Apply(s.Body)),
        When s => s with { Body = Apply(s.Body), Otherwise = Apply(s.Otherwise) },
        Guard s => s with { Body = Apply(s.Body), Otherwise = s.Otherwise is null ? null : Apply(s.Otherwise) },
        While s => s with { Body = Apply(s.Body) },
        GoOn s => s with { Body = Apply(s.Body) },
        _ => statement,
    };
}
