using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Targets;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>Which works of a step are one kernel, and in which order kernels run.</summary>
public sealed class KernelFusionTests
{
    public static TheoryData<string> Models => new(ReaderModels.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Models))]
    public void Each_work_is_in_one_kernel_which_runs_behind_all_that_it_reads(string name)
    {
        Schedule schedule = PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == name).Spec);
        foreach (Region region in schedule.PredictRow.Program.Forward.Concat(schedule.Program.Forward).Concat(schedule.Program.Backward))
        {
            foreach (int rows in new[] { 1, 2, 3 })
            {
                (KernelPartition partition, KernelFusion fusion) = Fuse(region, rows);
                HashSet<KernelWork> done = new();
                foreach (FusedKernel kernel in fusion.Order)
                {
                    Assert.All(kernel.Works, work => Assert.True(done.Add(work)));
                    Assert.All(kernel.Works.SelectMany(partition.SourcesOf), source => Assert.Contains(source, done));
                }

                Assert.Equal(partition.Order.Count, done.Count);
            }
        }
    }

    /// <summary>A product waits for pointwise work of its own level if its epilogue reads that.</summary>
    [Fact]
    public void An_epilogue_waits_for_what_it_reads_beside_its_product()
    {
        FusedKernel[] order = [.. Fuse(RegionOf("Leaky16Of2"), 2).Fusion.Order];

        Assert.Equal([Fusion.None, Fusion.Epilogue], order.Select(k => k.Fusion));
        Assert.Equal(order[1].Products[0].Level, order[0].Pointwise!.Level);
    }

    /// <summary>Two products that one reader holds in registers: neither runs it as its epilogue, be it alone on its level.</summary>
    [Fact]
    public void A_reader_has_one_kernel()
    {
        FusedKernel held = Assert.Single(Fuse(RegionOf("Skipping16Of1"), 1).Fusion.Order, k => k.Fusion == Fusion.Registers);

        Assert.Equal(2, held.Products.Count);
        Assert.DoesNotContain(Fuse(RegionOf("Skipping16Of1"), 1).Fusion.Order, k => k.Fusion == Fusion.Epilogue);
    }

    [Fact]
    public void Random_numbers_are_drawn_in_a_kernel_of_their_own()
    {
        Region region = PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == "DroppedOutput16Of1").Spec).Program.Forward[^1];

        FusedKernel[] order = [.. Fuse(region, 1).Fusion.Order];
        int drawn = order.ToList().FindIndex(k => k.Pointwise?.Values.Any(v => v.Op == OpCode.Random) ?? false);
        Assert.Equal(Fusion.None, order[drawn].Fusion);
        Assert.True(drawn < order.ToList().FindIndex(k => k.Fusion == Fusion.Epilogue));
    }

    private static Region RegionOf(string model) => PlanVerifier.ScheduleOf(ReaderModels.All.Single(m => m.Name == model).Spec).PredictBatch.Program.Forward
        .Single(r => r.Values.Any(v => v.Op == OpCode.State) && r.Values.Any(v => v.Op == OpCode.Linear));

    private static (KernelPartition Partition, KernelFusion Fusion) Fuse(Region region, int rows)
    {
        KernelPartition partition = new(region);
        return (partition, new KernelFusion(new PlanShape(rows, LaneAxis.Units, Target.Of(ElementType.Single, SpanLayout.BatchMajor)), region, partition));
    }
}
