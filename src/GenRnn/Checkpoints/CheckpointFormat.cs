namespace GenRnn;

/// <summary>A checkpoint is a safetensors file: numbers are tensors, everything else texts of its metadata.</summary>
internal static class CheckpointFormat
{
    /// <summary>CRC-32C of the data and then of the header, in which these eight digits are zeros. It is the first text.</summary>
    public const string ChecksumKey = "crc32c";

    public const string NoChecksum = "00000000";

    /// <summary>What every header begins with, in front of the eight digits.</summary>
    public static System.ReadOnlySpan<byte> Start => "{\"__metadata__\":{\"crc32c\":\""u8;

    public const string VersionKey = "checkpoint_version";

    public const string Version = "1";

    /// <summary>Type of bytes, as the format spells it.</summary>
    public const string ByteType = "U8";
}
