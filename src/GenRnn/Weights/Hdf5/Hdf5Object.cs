using System;
using System.Collections.Generic;

namespace GenRnn;

/// <summary>A group or a dataset of an HDF5 file.</summary>
internal sealed class Hdf5Object
{
    public Hdf5Object(string name, ulong address)
    {
        Name = name;
        Address = address;
    }

    /// <summary>Its name in the group that holds it; <c>/</c> for the root.</summary>
    public string Name { get; }

    /// <summary>Where its header stands.</summary>
    public ulong Address { get; }

    /// <summary>Attributes by name.</summary>
    public Dictionary<string, Hdf5Value> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Members of a group, by name; none of a dataset.</summary>
    public Dictionary<string, Hdf5Object> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>What a dataset holds; null for a group.</summary>
    public Hdf5Value? Value { get; set; }

    /// <summary>The object at a path of names with '/' between them; null if there is none.</summary>
    public Hdf5Object? Find(string path)
    {
        Hdf5Object found = this;
        foreach (Range part in path.AsSpan().Split('/'))
        {
            if (!found.Members.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan()[part], out Hdf5Object? member))
                return null;
            found = member;
        }

        return found;
    }
}
