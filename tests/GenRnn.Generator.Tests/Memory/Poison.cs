using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using GenRnn.CompilerServices;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>
/// What stands in a model's memory before a call: nothing that a result may depend on. Of a State all but the values that it carries, the rows that pad them included:
/// no setter writes those, and a call leaves there what it pleases.
/// </summary>
/// <param name="Name">What a failure calls it.</param>
/// <param name="Value">It stands everywhere; null for what Gen itself leaves.</param>
internal sealed record Poison<T>(string Name, T? Value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static Poison<T> None { get; } = new("clean memory", null);

    public static Poison<T> NotANumber { get; } = new("NaN in memory", T.NaN);

    public static Poison<T> Huge { get; } = new("1e30 in memory", T.CreateChecked(1e30));

    /// <summary>The arena that the next call of Predict runs in.</summary>
    public void SpoilInference(IModel<T> model)
    {
        FieldInfo field = model.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(f => f.FieldType == typeof(ModelCore<T>));
        var core = (ModelCore<T>)field.GetValue(model)!;
        AlignedBuffer<T> arena = core.RentArena();
        arena.Span.Fill(Value ?? T.Zero);
        core.ReturnArena(arena);
    }

    /// <summary>A workspace in front of Forward: all of it.</summary>
    public void SpoilForward(ModelWorkspace<T> workspace)
    {
        workspace.Arena().Span.Fill(Value ?? T.Zero);
        workspace.WritableOutputMask().Fill(Value ?? T.Zero);
        workspace.WritableLogits().Fill(Value ?? T.Zero);
        workspace.LogitsGradient.Fill(Value ?? T.Zero);
        SpoilGradients(workspace);
    }

    /// <summary>A workspace in front of Backward, which needs what Forward kept in the arena.</summary>
    public void SpoilGradients(ModelWorkspace<T> workspace) => workspace.Gradients.Fill(Value ?? T.Zero);

    public void Spoil(ModelState<T> state)
    {
        if (Value is not { } value)
            return;
        Span<T> arena = state.Arena().Span;
        T[] before = arena.ToArray();
        arena.Fill(value);
        foreach (StateSlot slot in state.Slots())
        {
            // A ring has been written up to its end, and at its front over again.
            for (int step = 0; step < state.RingStart(slot.Steps) + slot.Steps; step++)
            {
                for (int i = 0; i < state.Rows * slot.Width; i++)
                {
                    int at = slot.Offset + step * slot.StepStride + i / slot.Width * slot.RowStride + i % slot.Width * slot.LaneStride;
                    arena[at] = before[at];
                }
            }
        }
    }

    public override string ToString() => Name;
}
