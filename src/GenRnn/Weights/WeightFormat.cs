namespace GenRnn;

/// <summary>What Gen writes into the metadata of its weight files.</summary>
internal static class WeightFormat
{
    /// <summary>The version that is written.</summary>
    public const string Version = "2";

    /// <summary>The one before, which is read still: without checksum, order of variables, and what the hash is of.</summary>
    public const string FormerVersion = "1";

    public const string VersionKey = "format_version";

    /// <summary>The model's name.</summary>
    public const string ModelKey = "model";

    /// <summary><see cref="ModelInfo.ArchitectureHash"/>.</summary>
    public const string ArchitectureHashKey = "architecture_hash";

    /// <summary><see cref="ModelInfo.Architecture"/>, lines.</summary>
    public const string ArchitectureKey = "architecture";

    /// <summary>Paths of the variables in the model's order, lines; the table of a file is sorted by name.</summary>
    public const string VariablesKey = "variables";

    /// <summary>CRC-32C of all bytes behind the header, eight hexadecimal digits.</summary>
    public const string ChecksumKey = "crc32c";

    /// <summary>What the training data were scaled by: <see cref="Scaling"/>.</summary>
    public const string ScalingKey = "scaling";

    /// <summary>The element type as the format spells it.</summary>
    public static string TypeName<T>() => typeof(T) == typeof(float) ? "F32" : "F64";
}
