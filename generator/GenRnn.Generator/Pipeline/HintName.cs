using System.Globalization;
using System.Text;

namespace GenRnn.Generator.Pipeline;

/// <summary>
/// File names for generated code. Roslyn compares them without case and discards all output of a generator that uses one
/// twice; a hash of the exact name keeps <c>Model</c> and <c>model</c> apart.
/// </summary>
public static class HintName
{
    // Deeply nested types have names beyond what a file system takes (255 bytes), and EmitCompilerGeneratedFiles writes files.
    private const int MaximumLength = 120;

    /// <summary>The hint name of a type, from its full metadata name.</summary>
    public static string Of(string metadataName)
    {
        int start = metadataName.Length > MaximumLength ? metadataName.Length - MaximumLength : 0;
        var name = new StringBuilder(MaximumLength + 16);
        for (int i = start; i < metadataName.Length; i++)
        {
            char c = metadataName[i];
            bool isPlain = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '_';
            name.Append(isPlain ? c : '_');
        }

        return name.Append('.').Append(Fnv1A(metadataName).ToString("x8", CultureInfo.InvariantCulture)).Append(".g.cs").ToString();
    }

    /// <summary>FNV-1a over UTF-16 code units: string.GetHashCode differs from process to process.</summary>
    private static uint Fnv1A(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ (byte)c) * 16777619);
            hash = unchecked((hash ^ (byte)(c >> 8)) * 16777619);
        }

        return hash;
    }
}
