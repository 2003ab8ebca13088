using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer can start from: an input, or the states of another layer.</summary>
/// <param name="States">The vectors, in the order of the states; direction after direction.</param>
/// <param name="Directions">Number of directions (<see cref="Layer.Directions"/>).</param>
internal sealed record StateSource(IReadOnlyList<Sequence> States, int Directions);

/// <summary>The vectors that the states of a layer start from.</summary>
internal static class InitialStates
{
    public static IReadOnlyList<Sequence> Of(Program program, string name, Layer layer, IEnumerable<StateSource> sources) =>
        sources.SelectMany(s => s.Directions > layer.Directions ? SideBySide(program, name, s) : s.States).ToList();

    /// <summary>A layer of one direction takes over from both: each state is the forward one, then the backward one.</summary>
    private static IReadOnlyList<Sequence> SideBySide(Program program, string name, StateSource source)
    {
        Region region = new(name + " initial state", program.Layers.Count, 1) { Equation = "states of both directions side by side" };
        program.Forward.Add(region);
        RegionBuilder b = new(region);
        int count = source.States.Count / source.Directions;
        List<Sequence> joined = new();
        for (int state = 0; state < count; state++)
        {
            Value value = b.Concat(Enumerable.Range(0, source.Directions).Select(d => b.Input(source.States[d * count + state], TimeAccess.Whole)).ToList());
            joined.Add(program.NewSequence(name + ".initial", 0, value.Width));
            b.Output(value, joined[state], TimeAccess.Whole);
        }

        return joined;
    }
}
