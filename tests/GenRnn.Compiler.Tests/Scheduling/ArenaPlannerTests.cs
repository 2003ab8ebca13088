using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>Live buffers never share an element, and dead ones do.</summary>
public sealed class ArenaPlannerTests
{
    private readonly ITestOutputHelper _output;

    public ArenaPlannerTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Random_buffers_are_placed_apart_while_they_live()
    {
        int seed = Environment.TickCount;
        _output.WriteLine("seed " + seed);
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            List<LiveBuffer> buffers = Enumerable.Range(0, random.Next(1, 40)).Select(i => Buffer(random, i)).ToList();
            Arena arena = ArenaPlanner.Plan(buffers, [], []);

            MemoryVerifier.Check(arena);
            Assert.True(arena.Length <= buffers.Sum(b => b.Buffer.Length));
            Assert.True(arena.Length >= buffers.Max(b => b.Buffer.Length));
        }
    }

    [Fact]
    public void Buffers_of_different_stages_share_memory()
    {
        LiveBuffer first = Buffer("first", 64, 0, 1);
        LiveBuffer second = Buffer("second", 64, 2, 3);
        Arena arena = ArenaPlanner.Plan([first, second], [], []);

        Assert.Equal(64, arena.Length);
        Assert.Equal(arena.OffsetOf(first.Buffer), arena.OffsetOf(second.Buffer));
    }

    [Fact]
    public void Buffers_that_nobody_touches_take_no_room() =>
        Assert.Empty(Idle().All);

    private static Lifetimes Idle()
    {
        Lifetimes lifetimes = new();
        lifetimes.Add(new ArenaBuffer("idle", new Layout(16, 16, 1), 1, 16));
        return lifetimes;
    }

    [Fact]
    public void The_verifier_names_buffers_that_share_memory()
    {
        Arena arena = Placed(128, (Buffer("first", 64, 0, 1), 0), (Buffer("second", 64, 1, 2), 48));

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(arena));
        Assert.Contains("first and second", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verifier_names_a_buffer_outside_the_arena()
    {
        Arena arena = Placed(64, (Buffer("late", 64, 0, 0), 16));

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(arena));
        Assert.Contains("late", error.Message, StringComparison.Ordinal);
    }

    /// <summary>65,537 slots of 65,536 elements are 65,536 to an int.</summary>
    [Fact]
    public void Lengths_beyond_an_int_are_lengths()
    {
        LiveBuffer live = new(new ArenaBuffer("huge", new Layout(65_536, 65_536, 1), 65_537, 65_536), 0, 0);
        Assert.Equal(65_537L * 65_536, live.Buffer.Length);
        Assert.ThrowsAny<OverflowException>(() => ArenaPlanner.Plan([live], [], []));

        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(Placed(70_000, (live, 0))));
    }

    /// <summary>Each fits, and both together are 2^31: the offset of the second one fits too.</summary>
    [Fact]
    public void Arenas_beyond_an_int_are_refused() =>
        Assert.ThrowsAny<OverflowException>(() => ArenaPlanner.Plan([Buffer("first", 1 << 30, 0, 1), Buffer("second", 1 << 30, 0, 1)], [], []));

    [Fact]
    public void The_verifier_compares_ends_beyond_an_int()
    {
        LiveBuffer first = Buffer("first", 1 << 30, 0, 1), second = Buffer("second", 1 << 30, 0, 1);
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(Placed(int.MaxValue, (first, 1 << 30))));
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(Placed(int.MaxValue, (first, 1 << 30), (second, (1 << 30) + 16))));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(1, int.MaxValue)]
    public void Layouts_beyond_an_int_are_refused(int rows, int width) =>
        Assert.ThrowsAny<OverflowException>(() => new[] { Layout.For(LaneAxis.Rows, rows, width), Layout.For(LaneAxis.Units, rows, width) });

    private static LiveBuffer Buffer(Random random, int index)
    {
        int first = random.Next(6);
        return Buffer("b" + index, random.Next(1, 500), first, first + random.Next(4));
    }

    private static LiveBuffer Buffer(string name, int length, int first, int last) => new(new ArenaBuffer(name, new Layout(length, length, 1), 1, length), first, last);

    private static Arena Placed(int length, params (LiveBuffer Live, int Offset)[] buffers) =>
        new(length, buffers.Select(b => new PlacedBuffer(b.Live, b.Offset, b.Live.Buffer.Length)).ToList(), []);
}
