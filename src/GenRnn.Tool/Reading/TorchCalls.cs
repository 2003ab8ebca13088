using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>
/// Calls that a pickle asks for. None is ever made; but one of Python's own functions or of the system has no business in a file of weights, and whoever
/// imports the file shall know of it.
/// </summary>
internal static class TorchCalls
{
    private static readonly string[] s_modules =
    [
        "__builtin__", "builtins", "os", "posix", "nt", "sys", "subprocess", "runpy", "importlib", "imp", "pty", "commands", "socket", "shutil", "webbrowser", "pickle", "_pickle",
        "marshal", "types", "ctypes", "code", "codeop", "timeit", "urllib", "requests", "httplib", "torch.hub",
    ];

    /// <summary>Types of Python's that are values.</summary>
    private static readonly string[] s_types = ["set", "frozenset", "bytearray", "complex", "slice", "range", "object"];

    /// <exception cref="ForeignModelException">The value holds such a call.</exception>
    public static void Refuse(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>();
        open.Push(root);
        while (open.TryPop(out object? next))
        {
            if (next is null or string or long or double or bool or Int128 || !seen.Add(next))
                continue;
            IEnumerable<object?> inside = next switch
            {
                PickleDictionary dictionary => dictionary.Pairs.Select(p => p.Value),
                PickleRecord record => [record.What, record.State, .. record.Arguments, .. record.Items ?? []],
                IEnumerable<object?> items => items,
                _ => [],
            };
            if (next is PickleRecord { What: PickleName name } && IsOfSystem(name.Text))
                throw new ForeignModelException($"it calls '{ForeignText.Quote(name.Text)}', which no file of weights needs; nothing was called");
            foreach (object? value in inside)
                open.Push(value);
        }
    }

    private static bool IsOfSystem(string name)
    {
        int dot = name.LastIndexOf('.');
        string module = name[..Math.Max(dot, 0)], function = name[(dot + 1)..];
        return s_modules.Any(m => module == m || module.StartsWith(m + ".", StringComparison.Ordinal)) && !s_types.Contains(function);
    }
}
