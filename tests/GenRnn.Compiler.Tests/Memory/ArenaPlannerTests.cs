using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Memory;
using GenRnn.Compiler.Scheduling;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Compiler.Tests.Memory;

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
