using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// What is carried from call to call stands in front of a sequence, where every reader of it would find it: a convolution with Padding.Same beside a causal one too, for which there
/// are zeros. Then the readers of what is carried get a copy of the sequence.
/// </summary>
internal static class HistoryReaders
{
    public static void KeepApart(Program program)
    {
        for (int i = 0; i < program.Histories.Count; i++)
        {
            SequenceHistory history = program.Histories[i];
            if (program.Forward.Any(r => !program.ReadsHistory(r) && r.Inputs.Any(input => input.Source == history.Source && IsInFront(input, r))))
                program.Histories[i] = history with { Source = Copy(program, history) };
        }
    }

    private static bool IsInFront(RegionInput input, Region region) =>
        !input.Access.IsOfVector && (input.Access.IndexOf(0, region.Steps) < 0 || input.Access.IndexOf(region.Steps - 1, region.Steps) < 0);

    private static Sequence Copy(Program program, SequenceHistory history)
    {
        List<Region> readers = program.Forward.Where(r => program.ReadsHistory(r) && r.Inputs.Any(input => input.Source == history.Source)).ToList();
        Region copying = new(readers[0].Name, readers[0].Layer, history.Source.Steps) { Equation = "the sequence with what is carried in front of it" };
        RegionBuilder b = new(copying);
        Sequence copy = program.NewSequence(history.Name, history.Source.Steps, history.Source.Width);
        b.Output(b.Input(history.Source, TimeAccess.Same), copy, TimeAccess.Same);
        program.Forward.Insert(program.Forward.IndexOf(readers[0]), copying);
        foreach (Region reader in readers)
        {
            for (int i = 0; i < reader.Inputs.Count; i++)
            {
                if (reader.Inputs[i].Source == history.Source)
                    reader.Inputs[i] = reader.Inputs[i] with { Source = copy };
            }
        }

        return copy;
    }
}
