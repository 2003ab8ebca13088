using System;

namespace GenRnn;

/// <summary>What a file that is no safetensors file looks like, by its first eight bytes.</summary>
internal static class FileKind
{
    /// <summary>A phrase that follows "it looks like"; null if nothing is known of such bytes.</summary>
    /// <param name="start">The first eight bytes of the file, or all if it has fewer.</param>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version "u8))
            return "a Git LFS pointer, which stands for a file that was not downloaded: run 'git lfs pull'";
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
            return "a zip archive (.keras, .npz and PyTorch's .pt are such)";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "HDF5 (Keras' .h5 and .weights.h5)";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            return "a NumPy array (.npy)";
        if (start.StartsWith("GGUF"u8))
            return "a GGUF file";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "a gzip archive";
        if (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return "a Python pickle (older .pt, .pkl)";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) || IsText(start))
            return start.Length > 0 && start[0] == (byte)'<' ? "a text file (a web page or XML)" : "a text file";
        return null;
    }

    /// <summary>Whether all bytes may be of text. Lengths of headers have zeros among theirs.</summary>
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (byte value in start)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F or >= 0xF8)
                return false;
        }

        return !start.IsEmpty;
    }
}
