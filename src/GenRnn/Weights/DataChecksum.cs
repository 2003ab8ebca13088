using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>CRC-32C (Castagnoli, as in iSCSI, RFC 3720) of bytes that come in pieces: it finds what damages a file, not who forges one.</summary>
internal struct DataChecksum
{
    private uint _complement;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_complement;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        _complement = ~crc;
    }

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => _complement;

    /// <summary>The checksum of all bytes so far, eight hexadecimal digits.</summary>
    public override readonly string ToString() => _complement.ToString("x8", CultureInfo.InvariantCulture);
}
