using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace GenRnn.Tool.Importing;

/// <summary>The two files that an import writes: both whole, or neither.</summary>
/// <param name="SourcePath">The declaration.</param>
/// <param name="WeightsPath">The weights.</param>
internal sealed record ImportTargets(string SourcePath, string WeightsPath)
{
    public static ImportTargets In(string folder, string className, string source) =>
        new(Path.Combine(folder, className + ".cs"), Path.Combine(folder, ClassNames.StemOf(source) + ".safetensors"));

    /// <summary>A target that is there already; null if there is none.</summary>
    public string? Existing => new[] { SourcePath, WeightsPath }.FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));

    /// <summary>Writes both beside their targets, and then lets them take their places.</summary>
    public void Write(ImportedNetwork network, string sourceName)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(SourcePath))!);
        bool hadWeights = File.Exists(WeightsPath);
        using var weights = new AtomicFile(WeightsPath);
        using var source = new AtomicFile(SourcePath);
        network.WriteWeights(weights.Stream);
        source.Stream.Write(Encoding.UTF8.GetBytes(network.Declaration(sourceName, Path.GetFileName(WeightsPath))));
        weights.Commit();
        try
        {
            source.Commit();
        }
        catch (IOException) when (!hadWeights)
        {
            File.Delete(WeightsPath);
            throw;
        }
    }
}
