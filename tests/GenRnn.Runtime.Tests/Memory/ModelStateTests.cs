using System;
using System.IO;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class ModelStateTests
{
    // Rows in lanes for the first, units in lanes for the second, with gaps.
    private static readonly StateSlot[] s_slots = [new() { Name = "h", Width = 3, Offset = 0, RowStride = 1, LaneStride = 4 }, new() { Name = "c", Width = 2, Offset = 20, RowStride = 8, LaneStride = 1 }];

    [Fact]
    public void Values_are_dense_whatever_the_arena_looks_like()
    {
        var state = new State(Models.Small(), 2, s_slots);
        state.SetValues("h", [1, 2, 3, 4, 5, 6]);
        state.SetValues("c", [7, 8, 9, 10]);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], state.GetValues("h"));
        Assert.Equal(6f, state.Arena.Span[1 + 2 * 4]);
        Assert.Equal(9f, state.Arena.Span[28]);
        Assert.Throws<ArgumentException>("values", () => state.SetValues("h", [1f]));
        ArgumentException exception = Assert.Throws<ArgumentException>("name", () => state.GetValues("x"));
        Assert.Contains("h, c", exception.Message, StringComparison.Ordinal);
        state.Reset();
        Assert.Equal(new float[6], state.GetValues("h"));
    }

    [Fact]
    public void A_history_has_steps()
    {
        // Two rows, three steps of two values, rows in lanes; then the same with units in lanes.
        var source = new State(Models.Small(), 2, [new() { Name = "x", Width = 2, Offset = 4, RowStride = 1, LaneStride = 3, Steps = 3, StepStride = 7 }]);
        source.SetValues("x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f], source.GetValues("x"));
        Assert.Equal(10f, source.Arena.Span[4 + 7 + 1 + 3]);
        var bytes = new byte[source.ByteCount];
        source.Write(bytes);
        var target = new State(Models.Small(), 2, [new() { Name = "x", Width = 2, Offset = 0, RowStride = 2, LaneStride = 1, Steps = 3, StepStride = 4 }]);
        target.Read(bytes);
        Assert.Equal(source.GetValues("x"), target.GetValues("x"));
        Assert.Equal(10f, target.Arena.Span[4 + 2 + 1]);
        Assert.Throws<ArgumentException>("values", () => target.SetValues("x", new float[4]));
    }

    [Fact]
    public void A_history_is_found_wherever_its_ring_stands()
    {
        // Three steps of one value: slots 4 to 9.
        StateSlot[] slots = [new() { Name = "x", Width = 1, Offset = 4, RowStride = 1, LaneStride = 1, Steps = 3, StepStride = 1 }];
        ModelInfo info = Models.Small();
        var state = new State(info, 1, slots);
        float next = 0;
        Step();
        Step();
        Assert.Equal(2, state.RingStart(3));
        Assert.Equal([0f, 1f, 2f], state.GetValues("x"));

        var copy = new State(info, 1, slots);
        state.CopyTo(copy);
        Assert.Equal([0f, 1f, 2f], copy.GetValues("x"));

        // What is set there comes round.
        state.SetValues("x", [7, 8, 9]);
        next = 10;
        Step();
        Assert.Equal([8f, 9f, 11f], state.GetValues("x"));
        Step();
        Assert.Equal([9f, 11f, 12f], state.GetValues("x"));
        Assert.Equal([0f, 1f, 2f], copy.GetValues("x"));

        state.Reset();
        Assert.Equal(0, state.RingStart(3));
        Assert.Equal(new float[3], state.GetValues("x"));

        // As generated code does it: the new step behind the window, then where the window begins.
        void Step()
        {
            int start = (int)(state.NextStep() % 3);
            state.Arena.Span[4 + start + 3] = ++next;
            state.Arena.Span[4 + start] = next;
        }
    }

    [Fact]
    public void Copies_go_to_the_same_model_and_rows_only()
    {
        ModelInfo info = Models.Small();
        var source = new State(info, 2, s_slots);
        source.SetValues("c", [7, 8, 9, 10]);
        var copy = new State(info, 2, s_slots);
        source.CopyTo(copy);
        Assert.Equal(source.GetValues("c"), copy.GetValues("c"));
        Assert.Throws<ArgumentException>("destination", () => source.CopyTo(new State(info, 1, s_slots)));
        var other = new State(Models.Small("other"), 2, s_slots);
        Assert.Throws<ArgumentException>("destination", () => source.CopyTo(other));
        Assert.Equal(new float[4], other.GetValues("c"));
    }

    [Fact]
    public void Bytes_bring_a_state_back_in_another_layout()
    {
        var source = new State(Models.Small(), 2, s_slots);
        source.SetValues("h", [1, 2, 3, 4, 5, 6]);
        source.SetValues("c", [7, 8, 9, float.NaN]);
        var bytes = new byte[source.ByteCount];
        Assert.Equal(bytes.Length, source.Write(bytes));
        var target = new State(Models.Small(), 2, [new() { Name = "h", Width = 3, Offset = 0, RowStride = 3, LaneStride = 1 }, new() { Name = "c", Width = 2, Offset = 6, RowStride = 2, LaneStride = 1 }]);
        target.Read(bytes);
        Assert.Equal(source.GetValues("h"), target.GetValues("h"));
        Assert.Equal(source.GetValues("c"), target.GetValues("c"));
        Assert.Throws<ArgumentException>("destination", () => source.Write(new byte[bytes.Length - 1]));
    }

    [Fact]
    public void Bytes_that_do_not_fit_change_nothing()
    {
        var source = new State(Models.Small(), 2, s_slots);
        var bytes = new byte[source.ByteCount];
        source.Write(bytes);
        AssertRefused(new State(Models.Small("hash-of-other"), 2, s_slots), bytes);
        AssertRefused(new State(Models.Small(), 1, s_slots), bytes);
        AssertRefused(new State(Models.Small(), 2, [s_slots[0]]), bytes);
        AssertRefused(new State(Models.Small(), 2, s_slots), bytes[..^1]);
        AssertRefused(new State(Models.Small(), 2, s_slots), []);
        AssertRefused(new State(Models.Small(), 2, s_slots), new byte[bytes.Length]);

        // Every byte of the header matters.
        int headerLength = bytes.Length - 10 * sizeof(float);
        for (int i = 0; i < headerLength; i++)
        {
            byte[] broken = (byte[])bytes.Clone();
            broken[i] ^= 0x41;
            AssertRefused(new State(Models.Small(), 2, s_slots), broken);
        }
    }

    private static void AssertRefused(State state, byte[] bytes)
    {
        state.Arena.Span.Fill(3f);
        Assert.Throws<InvalidDataException>(() => state.Read(bytes));
        Assert.True(state.Arena.Span.IndexOfAnyExcept(3f) < 0);
    }
}
