using System;
using System.Collections.Generic;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Checks a memory plan: no two live buffers share an element, and all lie inside the arena.</summary>
public static class MemoryVerifier
{
    /// <exception cref="InvalidOperationException">They do, or one does not.</exception>
    public static void Check(Arena arena)
    {
        IReadOnlyList<PlacedBuffer> live = arena.Buffers;
        foreach (PlacedBuffer buffer in live)
        {
            if (buffer.Offset < 0 || (long)buffer.Offset + buffer.Length > arena.Length || buffer.Offset % Target.Padding != 0)
                throw new InvalidOperationException("Buffer " + buffer.Buffer.Name + " lies outside the arena or is not aligned.");
        }

        for (int i = 0; i < live.Count; i++)
        {
            for (int j = i + 1; j < live.Count; j++)
            {
                PlacedBuffer a = live[i], b = live[j];
                if (a.Live.Meets(b.Live) && a.Offset < (long)b.Offset + b.Length && b.Offset < (long)a.Offset + a.Length)
                    throw new InvalidOperationException("Buffers " + a.Buffer.Name + " and " + b.Buffer.Name + " share memory while both live.");
            }
        }
    }
}
