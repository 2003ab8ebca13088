using System.Linq;

namespace GenRnn.Compiler.Scheduling;

/// <summary>How a model's State holds what is carried: one slot a state, as the plans of its row count lay it out; then room for a step's own arena.</summary>
internal static class StateLayout
{
    public static int OffsetOf(Plan plan, CarriedState state) =>
        plan.States.TakeWhile(s => s != state).Sum(s => Layout.Pad(s.Initial.Length));

    public static int LengthOf(Plan plan) => plan.States.Sum(s => Layout.Pad(s.Initial.Length));
}
