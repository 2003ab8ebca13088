using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// A number that goes round with the steps of a State: 0 to Period - 1 and 0 again. A step's driver is given it, since only the State knows how many
/// steps there were.
/// </summary>
/// <param name="Name">Name of the driver's parameter.</param>
/// <param name="Period">How many steps it takes to come round.</param>
public sealed record StepCounter(string Name, int Period)
{
    /// <summary>In which order panels are read.</summary>
    public static StepCounter Turn { get; } = new(LoopNumbers.Turn, 2);

    /// <summary>The slot at which a ring of <paramref name="steps"/> steps begins; null for a single one, which always begins at the first.</summary>
    public static StepCounter? OfRing(int steps) => steps == 1 ? null : new(Names.Of("ring", steps), steps);
}
