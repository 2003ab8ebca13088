using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class ModelCoreTests
{
    [Fact]
    public void Initialize_follows_the_initialisers_and_packs()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.Initialize(seed: 7);
        float[][] weights = core.GetWeights();
        float limit = (float)Math.Sqrt(6.0 / 5);
        Assert.All(weights[0], value => Assert.InRange(value, -limit, limit));
        Assert.Equal([0f, 0f, 0f], weights[2]);
        Assert.Equal([1f], weights[4]);
        AssertPacked(core);
    }

    [Fact]
    public void Seeds_decide_and_variables_differ()
    {
        ModelCore<float> first = Models.Core(Models.Small());
        ModelCore<float> second = Models.Core(Models.Small());
        first.Initialize(7);
        second.Initialize(7);
        Assert.Equal(first.Parameters.ToArray(), second.Parameters.ToArray());
        second.Initialize(8);
        Assert.NotEqual(first.Parameters.ToArray(), second.Parameters.ToArray());
        Assert.NotEqual(first.GetWeights()[0][..3], first.GetWeights()[3]);
    }

    [Fact]
    public void Weights_go_in_and_out_as_copies()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        float[][] weights = [Models.Ramp(6), Models.Ramp(9), Models.Ramp(3), Models.Ramp(3), [5f]];
        core.SetWeights(weights);
        AssertPacked(core);
        float[][] found = core.GetWeights();
        Assert.Equal(weights, found);
        found[0][0] = 99;
        Assert.Equal(1f, core.Parameters[0]);
    }

    [Fact]
    public void Wrong_weights_change_nothing()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.Initialize(1);
        float[] before = core.Parameters.ToArray();
        Assert.Throws<ArgumentException>("weights", () => core.SetWeights([Models.Ramp(6)]));
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "weights", () => core.SetWeights([Models.Ramp(6), Models.Ramp(9), Models.Ramp(3), Models.Ramp(4), [5f]]));
        Assert.Contains("dense/kernel", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("weights", () => core.SetWeights([Models.Ramp(6), Models.Ramp(9), Models.Ramp(3), Models.Ramp(3), null!]));
        Assert.Equal(before, core.Parameters.ToArray());
    }

    [Fact]
    public void An_update_that_throws_leaves_panels_that_agree()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.Initialize(1);
        core.UpdateParameters(3f, static (parameters, value) => parameters.Fill(value));
        AssertPacked(core);
        Assert.Throws<TimeoutException>(() => core.UpdateParameters(4f, static (parameters, value) =>
        {
            parameters[0] = value;
            throw new TimeoutException();
        }));
        Assert.Equal(4f, core.Parameters[0]);
        AssertPacked(core);
    }

    [Fact]
    public void Renting_one_arena_at_a_time_allocates_nothing()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        core.ReturnArena(core.RentArena());
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            core.ReturnArena(core.RentArena());
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotSame(core.RentArena(), core.RentArena());
    }

    [Fact]
    public void Renting_several_arenas_at_once_allocates_nothing_after_the_first_time()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        var arenas = new AlignedBuffer<float>[4];
        RentAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            RentAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void RentAll()
        {
            for (int i = 0; i < arenas.Length; i++)
                arenas[i] = core.RentArena();
            foreach (AlignedBuffer<float> arena in arenas)
                core.ReturnArena(arena);
        }
    }

    /// <summary>However calls of several threads overlap, there are never more arenas than threads.</summary>
    [Fact]
    public void Threads_allocate_no_more_arenas_than_calls_overlap()
    {
        const int Threads = 4;
        ModelCore<float> core = Models.Core(Models.Small());
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<AlignedBuffer<float>, bool>();
        var threads = new System.Threading.Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            threads[i] = new System.Threading.Thread(() =>
            {
                for (int call = 0; call < 20_000; call++)
                {
                    AlignedBuffer<float> arena = core.RentArena();
                    seen.TryAdd(arena, true);
                    core.ReturnArena(arena);
                }
            });
            threads[i].Start();
        }

        Array.ForEach(threads, t => t.Join());
        Assert.InRange(seen.Count, 1, Threads);
    }

    [Fact]
    public void Threads_never_share_an_arena()
    {
        ModelCore<float> core = Models.Core(Models.Small());
        System.Threading.Tasks.Parallel.For(0, 20_000, i =>
        {
            AlignedBuffer<float> arena = core.RentArena();
            arena.Span.Fill(i);
            if (arena.Span.IndexOfAnyExcept(i) >= 0)
                throw new InvalidOperationException("Two threads wrote one arena.");
            core.ReturnArena(arena);
        });
    }

    [Fact]
    public void A_workspace_gives_the_gradients_of_what_is_trained()
    {
        var workspace = new Workspace(Models.Small());
        Assert.False(workspace.HasForward);
        workspace.Begin(2, training: true);
        workspace.Progress.EndForward();
        Assert.True(workspace.HasForward);
        Models.Ramp(22).CopyTo(workspace.Gradients);
        float[][] gradients = workspace.GetGradients();
        Assert.Equal(4, gradients.Length);
        Assert.Equal([16f, 17f, 18f], gradients[2]);
        Assert.Equal([19f, 20f, 21f], gradients[3]);
    }

    private static void AssertPacked(ModelCore<float> core)
    {
        ReadOnlySpan<float> panels = MemoryMarshal.CreateReadOnlySpan(ref core.Panels, core.Parameters.Length);
        for (int i = 0; i < panels.Length; i++)
            Assert.Equal(2 * core.Parameters[i], panels[i]);
    }
}
