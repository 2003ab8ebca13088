using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Analyzers;

/// <summary>Which of an LSTM's two states somebody means.</summary>
internal enum StatePart
{
    /// <summary>No telling.</summary>
    Unknown,

    /// <summary>The output that is fed back: h.</summary>
    Hidden,

    /// <summary>The memory behind it: c.</summary>
    Cell,
}

/// <summary>What a variable or an input is called, taken at its word: <c>h0</c>, <c>encoderC</c>, <c>cell_state</c>, PyTorch's <c>c_n</c>.</summary>
internal static class StateNames
{
    private static readonly HashSet<string> s_hidden = new() { "h", "hidden", "hs", "hx", "hy" };
    private static readonly HashSet<string> s_cell = new() { "c", "cell", "memory", "carry", "cs", "cx", "cy" };

    /// <summary>The last word that names a state: <c>memoryH</c> is the h of a layer called Memory.</summary>
    public static StatePart Of(string name)
    {
        foreach (string word in Words(name).Reverse())
        {
            if (s_hidden.Contains(word))
                return StatePart.Hidden;
            if (s_cell.Contains(word))
                return StatePart.Cell;
        }

        return StatePart.Unknown;
    }

    /// <summary>Which state a source of [InitialState] becomes: h, c, and of a bidirectional layer both again.</summary>
    public static StatePart OfSource(ItemSpec layer, int index)
    {
        int states = LayerRegistry.Find(layer.Kind)?.StateCount ?? 0;
        if (BackwardHalf.Of(layer) is { } half && index >= states)
            return OfSource(half, index - states);
        return states != 2 ? StatePart.Unknown : index % 2 == 0 ? StatePart.Hidden : StatePart.Cell;
    }

    /// <summary>A name without case and underscores, as parameters and variables of one meaning share it.</summary>
    public static string Normalize(string name) => name.Replace("_", "").TrimStart('@').ToLowerInvariant();

    /// <summary>The words of a name in camel case or with underscores, in lower case; digits are no words.</summary>
    public static IEnumerable<string> Words(string name)
    {
        string word = "";
        foreach (char letter in name)
        {
            if (word.Length > 0 && (char.IsUpper(letter) || !char.IsLetter(letter)))
            {
                yield return word;
                word = "";
            }

            if (char.IsLetter(letter))
                word += char.ToLowerInvariant(letter);
        }

        if (word.Length > 0)
            yield return word;
    }
}
