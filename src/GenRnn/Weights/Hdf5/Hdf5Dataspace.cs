namespace GenRnn;

/// <summary>The shape of a value.</summary>
/// <param name="Shape">Its dimensions, row-major; none for a scalar.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record Hdf5Dataspace(long[] Shape, long Count)
{
    private const int MaximumRank = 32;

    /// <summary>Reads a dataspace message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="memory">The file: no dimension, and no product of them, may pass its length.</param>
    public static Hdf5Dataspace Read(ref ByteReader message, Hdf5Memory memory)
    {
        byte version = message.U8(), rank = message.U8(), flags = message.U8(), kind = message.U8();
        if (rank > MaximumRank)
            throw FileFault.Damaged($"a value of rank {rank}");
        switch (version)
        {
            case 1:
                if ((flags & 2) != 0)
                    throw FileFault.Refused("dimensions in another order");
                message.Skip(4);
                break;
            case 2 when kind == 2 && rank == 0:
                return new Hdf5Dataspace([0], 0);
            case 2:
                if (kind > 2 || (kind == 0) != (rank == 0))
                    throw FileFault.Damaged($"a dataspace of kind {kind} and rank {rank}");
                break;
            default:
                throw FileFault.Refused($"dataspace of version {version}");
        }

        var shape = new long[rank];
        ulong count = 1;
        for (int i = 0; i < rank; i++)
        {
            ulong dimension = message.U64();
            // Beside a 0 too: nothing sensible is longer than the file.
            if (dimension > memory.Length)
                throw FileFault.Damaged($"a dimension of {dimension} in a file of {memory.Length} bytes");
            shape[i] = (long)dimension;
            count = memory.Product(count, dimension, "a value");
        }

        // The largest dimensions, which only a writer asks for.
        if ((flags & 1) != 0)
            message.Skip((ulong)rank * 8);
        return new Hdf5Dataspace(shape, (long)count);
    }
}
