using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Names of places in memory, as a reader of emitted code sees them: what lies there and the number of its layer, c_1.</summary>
internal sealed class ReaderNames
{
    private readonly HashSet<string> _taken = new();

    /// <summary>What a layer's value is called.</summary>
    /// <param name="value">The equation's word for it.</param>
    /// <param name="layer">Index of the layer.</param>
    public static string Of(string value, int layer) => value + Names.Of("_", layer + 1);

    /// <summary>What the equation calls what a sequence keeps; the end of its name if it does not say.</summary>
    public static string Of(Sequence sequence)
    {
        if (sequence.ValueName.Length > 0)
            return sequence.ValueName;
        string end = sequence.Name.Substring(sequence.Name.LastIndexOf('.') + 1);
        return sequence.Name.StartsWith("d_", System.StringComparison.Ordinal) && !end.StartsWith("d_", System.StringComparison.Ordinal) ? "d_" + end : end;
    }

    /// <summary>A name for C# that was not given before: small letters, with an underscore somewhere, which no method, local or keyword has.</summary>
    public string Unique(string label)
    {
        string name = string.Concat(label.Select(c => IsPlain(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        if (name.Length == 0 || !IsLetter(name[0]))
            name = "at_" + name;
        if (name.IndexOf('_') < 0)
            name += "_at";
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
            unique = name + "_" + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }

    private static bool IsPlain(char c) => IsLetter(c) || c is >= '0' and <= '9';

    // Letters of other alphabets are letters in C# too, in forms that need not be the same to a compiler.
    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
