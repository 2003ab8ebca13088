using System.Linq;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// How a model's State holds what is carried: for each state its slots as the plans of its row count lay them out, and one more, the next value
/// while a step runs. A step's plan works in the State itself, the rest of its arena behind.
/// </summary>
internal static class StateLayout
{
    public static int OffsetOf(Plan plan, CarriedState state) => plan.States.TakeWhile(s => s != state).Sum(LengthOf);

    public static int LengthOf(Plan plan) => plan.States.Sum(LengthOf);

    public static int LengthOf(CarriedState state) => Layout.Pad((state.Initial.Count + 1) * state.Initial.Buffer.Layout.SlotStride);
}
