using System.Linq;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// How a model's State holds what is carried: for each state its slots as the plans of its row count lay them out, and as many more. A state's second
/// slot is its next value while a step runs. The history of a sequence is a ring, each of whose steps is stored twice, so far apart that all of them lie
/// in one piece wherever the ring has come to. A step's plan works in the State itself, the rest of its arena behind.
/// </summary>
internal static class StateLayout
{
    public static int OffsetOf(Plan plan, CarriedState state) => plan.States.TakeWhile(s => s != state).Sum(s => LengthOf(plan, s));

    public static int LengthOf(Plan plan) => plan.States.Sum(s => LengthOf(plan, s));

    /// <summary>How the State holds one of its states.</summary>
    public static Layout LayoutOf(Plan plan, CarriedState state) =>
        plan.HasDenseStates ? new Layout(plan.Rows * state.Width, state.Width, 1) : state.Initial.Buffer.Layout;

    private static int LengthOf(Plan plan, CarriedState state) => plan.HasDenseStates ? Layout.Pad(plan.Rows * state.Width) : LengthOf(state);

    public static int LengthOf(CarriedState state) => Layout.Pad(2 * state.Initial.Count * state.Initial.Buffer.Layout.SlotStride);
}
