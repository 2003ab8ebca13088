using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>
/// How a model's State holds what is carried: for each state its slots as the plans of its row count lay them out, and as many more. A state's second
/// slot is its next value while a step runs. The history of a sequence is a ring, each of whose steps is stored twice, so far apart that all of them lie
/// in one piece wherever the ring has come to. A step's plan works in the State itself, the rest of its arena behind.
/// </summary>
public sealed class StateLayout
{
    private readonly PlanRequest _request;
    private readonly IReadOnlyList<CarriedState> _states;

    /// <param name="request">The plan.</param>
    /// <param name="states">What it carries.</param>
    public StateLayout(PlanRequest request, IReadOnlyList<CarriedState> states)
    {
        _request = request;
        _states = states;
    }

    /// <summary>Elements of the State.</summary>
    public int Length => _states.Sum(LengthIn);

    /// <summary>Where the State holds one of its states.</summary>
    public int OffsetOf(CarriedState state) => _states.TakeWhile(s => s != state).Sum(LengthIn);

    /// <summary>How the State holds one of its states.</summary>
    public Layout LayoutOf(CarriedState state) =>
        _request.Purpose.HasDenseStates ? new Layout(_request.Rows * state.Width, state.Width, 1) : state.Initial.Buffer.Layout;

    private int LengthIn(CarriedState state) => _request.Purpose.HasDenseStates ? Target.Pad(_request.Rows * state.Width) : LengthOf(state);

    /// <summary>Elements of a state where a plan runs in the State.</summary>
    public static int LengthOf(CarriedState state) => Target.Pad(2 * state.Initial.Count * state.Initial.Buffer.Layout.SlotStride);
}
