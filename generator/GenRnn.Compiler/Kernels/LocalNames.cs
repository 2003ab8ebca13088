using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Kernels;

/// <summary>Which locals of a kernel can be called what its equation calls them: nothing else in the kernel may have the name.</summary>
internal static class LocalNames
{
    /// <summary>What a local is called whose name a parameter has: <c>c</c> is the state before the step.</summary>
    private const string Other = "New";

    /// <summary>The local that holds how many lanes a vector has.</summary>
    public const string Lanes = "lanes";

    /// <param name="references">Parameters of the kernel.</param>
    /// <param name="numbers">Parameters of the kernel.</param>
    /// <param name="body">Its statements.</param>
    /// <param name="wanted">Names by the locals that are to have them.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<Reference> references, IEnumerable<string> numbers, IReadOnlyList<Statement> body, IReadOnlyDictionary<string, string> wanted)
    {
        HashSet<string> taken = new(references.Select(r => r.Name).Concat(numbers)) { Lanes };
        Collect(body, taken);
        Dictionary<string, string> names = new();
        foreach (KeyValuePair<string, string> local in wanted.Where(l => taken.Contains(l.Key)))
        {
            string name = taken.Contains(local.Value) ? local.Value + Other : local.Value;
            if (taken.Add(name))
                names.Add(local.Key, name);
        }

        return names;
    }

    private static void Collect(IEnumerable<Statement> body, HashSet<string> names)
    {
        foreach (Statement statement in body)
        {
            switch (statement)
            {
                case Loop s:
                    names.Add(s.Variable);
                    Collect(s.Body, names);
                    break;
                case Block s: Collect(s.Body, names); break;
                case Branch s:
                    Collect(s.Body, names);
                    Collect(s.Otherwise, names);
                    break;
                case RegisterBranch s:
                    Collect(s.Body, names);
                    Collect(s.Otherwise, names);
                    break;
                case Let s: names.Add(s.Name); break;
                case LetPair s:
                    names.Add(s.First);
                    names.Add(s.Second);
                    break;
                case Point s: names.Add(s.Name); break;
                case LetIndex s: names.Add(s.Name); break;
            }
        }
    }
}
