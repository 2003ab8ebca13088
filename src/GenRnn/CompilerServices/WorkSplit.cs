using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>How work is cut into parts for threads: as even as whole pieces allow, and the same whoever asks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkSplit
{
    /// <summary>The first of <paramref name="pieces"/> pieces that belongs to part <paramref name="part"/> of <paramref name="parts"/>; part = parts gives the end of the last.</summary>
    public static int Start(int pieces, int part, int parts) => (int)((long)pieces * part / parts);
}
