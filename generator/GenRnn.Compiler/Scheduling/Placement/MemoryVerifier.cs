using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Checks a memory plan: no two live buffers share an element, and all lie inside the arena.</summary>
public static class MemoryVerifier
{
    public static void Check(IReadOnlyList<ArenaBuffer> buffers, int length)
    {
        List<ArenaBuffer> live = buffers.Where(b => b.Offset >= 0).ToList();
        foreach (ArenaBuffer buffer in live)
        {
            if ((long)buffer.Offset + buffer.Length > length || buffer.Offset % Layout.Padding != 0)
                throw new InvalidOperationException("Buffer " + buffer.Name + " lies outside the arena or is not aligned.");
        }

        for (int i = 0; i < live.Count; i++)
        {
            for (int j = i + 1; j < live.Count; j++)
            {
                ArenaBuffer a = live[i], b = live[j];
                bool lifetimes = a.FirstStage <= b.LastStage && b.FirstStage <= a.LastStage;
                bool ranges = a.Offset < (long)b.Offset + b.Length && b.Offset < (long)a.Offset + a.Length;
                if (lifetimes && ranges)
                    throw new InvalidOperationException("Buffers " + a.Name + " and " + b.Name + " share memory while both live.");
            }
        }
    }
}
