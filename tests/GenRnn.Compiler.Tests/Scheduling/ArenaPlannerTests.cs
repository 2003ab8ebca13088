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
            List<ArenaBuffer> buffers = Enumerable.Range(0, random.Next(1, 40)).Select(i => Buffer(random, i)).ToList();
            int length = ArenaPlanner.Plan(buffers, []);

            MemoryVerifier.Check(buffers, length);
            Assert.True(length <= buffers.Sum(b => b.Length));
            Assert.True(length >= buffers.Max(b => b.Length));
        }
    }

    [Fact]
    public void Buffers_of_different_stages_share_memory()
    {
        ArenaBuffer first = Buffer("first", 64, 0, 1);
        ArenaBuffer second = Buffer("second", 64, 2, 3);

        Assert.Equal(64, ArenaPlanner.Plan(new[] { first, second }, []));
        Assert.Equal(first.Offset, second.Offset);
    }

    [Fact]
    public void Buffers_that_nobody_touches_take_no_room() =>
        Assert.Equal(0, ArenaPlanner.Plan(new[] { new ArenaBuffer("idle", new Layout(16, 16, 1), 1, 16) }, []));

    [Fact]
    public void The_verifier_names_buffers_that_share_memory()
    {
        ArenaBuffer first = Buffer("first", 64, 0, 1);
        ArenaBuffer second = Buffer("second", 64, 1, 2);
        first.Offset = 0;
        second.Offset = 48;

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(new[] { first, second }, 128));
        Assert.Contains("first and second", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verifier_names_a_buffer_outside_the_arena()
    {
        ArenaBuffer buffer = Buffer("late", 64, 0, 0);
        buffer.Offset = 16;

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check(new[] { buffer }, 64));
        Assert.Contains("late", error.Message, StringComparison.Ordinal);
    }

    /// <summary>65,537 slots of 65,536 elements are 65,536 to an int.</summary>
    [Fact]
    public void Lengths_beyond_an_int_are_lengths()
    {
        ArenaBuffer buffer = new("huge", new Layout(65_536, 65_536, 1), 65_537, 65_536);
        buffer.Touch(0);
        Assert.Equal(65_537L * 65_536, buffer.Length);
        Assert.ThrowsAny<OverflowException>(() => ArenaPlanner.Plan([buffer], []));

        buffer.Offset = 0;
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check([buffer], 70_000));
    }

    /// <summary>Each fits, and both together are 2^31: the offset of the second one fits too.</summary>
    [Fact]
    public void Arenas_beyond_an_int_are_refused() =>
        Assert.ThrowsAny<OverflowException>(() => ArenaPlanner.Plan([Buffer("first", 1 << 30, 0, 1), Buffer("second", 1 << 30, 0, 1)], []));

    [Fact]
    public void The_verifier_compares_ends_beyond_an_int()
    {
        ArenaBuffer first = Buffer("first", 1 << 30, 0, 1), second = Buffer("second", 1 << 30, 0, 1);
        first.Offset = 1 << 30;
        second.Offset = (1 << 30) + 16;
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check([first], int.MaxValue));
        Assert.Throws<InvalidOperationException>(() => MemoryVerifier.Check([first, second], int.MaxValue));
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(1, int.MaxValue)]
    public void Layouts_beyond_an_int_are_refused(int rows, int width) =>
        Assert.ThrowsAny<OverflowException>(() => new[] { Layout.For(LaneAxis.Rows, rows, width), Layout.For(LaneAxis.Units, rows, width) });

    private static ArenaBuffer Buffer(Random random, int index)
    {
        int first = random.Next(6);
        return Buffer("b" + index, random.Next(1, 500), first, first + random.Next(4));
    }

    private static ArenaBuffer Buffer(string name, int length, int first, int last)
    {
        ArenaBuffer buffer = new(name, new Layout(length, length, 1), 1, length);
        buffer.Touch(first);
        buffer.Touch(last);
        return buffer;
    }
}
