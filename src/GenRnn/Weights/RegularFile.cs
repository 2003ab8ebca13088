using System.IO;

namespace GenRnn;

/// <summary>Files that have a length before they are read. Opening anything else may wait for ever (a pipe), or never end (a device).</summary>
internal static class RegularFile
{
    /// <summary>Requires a file of at least one byte, before it is opened.</summary>
    /// <param name="path">The file, or a link to one.</param>
    /// <param name="remedy">What to do about a pipe, a sentence; empty for nothing.</param>
    /// <exception cref="InvalidDataException">It is a folder, a pipe or a device, or it is empty.</exception>
    /// <exception cref="FileNotFoundException">There is nothing, or a link to nothing.</exception>
    public static void Require(string path, string remedy = "")
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (Directory.Exists(target))
            throw new InvalidDataException("It is a folder.");
        var file = new FileInfo(target);
        if (!file.Exists)
            throw new FileNotFoundException(target == path ? $"There is no file '{path}'." : $"'{path}' is a link to '{target}', which is no file.", path);
        if (file.Length == 0)
            throw new InvalidDataException("It has no length: it is empty, or a pipe or a device." + (remedy.Length == 0 ? "" : " " + remedy));
    }
}
