namespace GenRnn;

/// <summary>Where a dataset's elements lie.</summary>
/// <param name="Address">First byte in the file.</param>
/// <param name="Length">Bytes reserved.</param>
/// <param name="IsWritten">Whether they have been written.</param>
internal sealed record Hdf5Layout(ulong Address, ulong Length, bool IsWritten)
{
    /// <summary>Reads a layout message: contiguous, or compact inside the message.</summary>
    public static Hdf5Layout Read(ref ByteReader message)
    {
        byte version = message.U8(), kind = message.U8();
        if (version is not (3 or 4))
            throw FileFault.Refused($"layout of version {version}");
        switch (kind)
        {
            case 0:
                ushort length = message.U16();
                ulong place = (ulong)message.Place;
                message.Skip(length);
                return new Hdf5Layout(place, length, true);
            case 1:
                ulong address = message.U64();
                return new Hdf5Layout(address, message.U64(), address != Hdf5File.Undefined);
            case 2:
                throw FileFault.Refused("chunked data (compressed or growing datasets)");
            case 3:
                throw FileFault.Refused("virtual data, which lies in other files");
            default:
                throw FileFault.Damaged($"a layout of kind {kind}");
        }
    }
}
