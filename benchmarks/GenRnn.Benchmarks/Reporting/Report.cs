using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GenRnn.Benchmarks.Measuring;

namespace GenRnn.Benchmarks.Reporting;

/// <summary>The tables of a contest, in Markdown.</summary>
internal sealed class Report(Contest contest, IReadOnlyList<Workload> workloads, TextWriter output)
{
    /// <summary>Generated code beside its peers.</summary>
    public void WriteComparison()
    {
        string[] peers = [.. contest.Present.Select(c => c.Name).Where(name => name != GeneratedCode.Peer)];
        output.WriteLine("## Microseconds a call, median of process medians [least-most]");
        output.WriteLine();
        Row(["work", "", "shape", GeneratedCode.Peer, "B/call", "GFLOP/s", .. peers, "best peer", "ratio", "goal"]);
        Row(Enumerable.Repeat("---", 9 + peers.Length));
        foreach ((Workload workload, string mode) in workloads.SelectMany(w => w.ComparedModes, (w, m) => (w, m)))
        {
            IReadOnlyList<double> ours = contest.Microseconds(GeneratedCode.Peer, workload, mode);
            double median = Statistics.Median(ours);
            Rival? best = contest.Rivals(workload, mode).MinBy(r => r.Microseconds);
            double goal = workload.Goal(mode)!.Value;
            // Two flops a multiply-add; forward, input gradients and weight gradients are a training step's three products.
            double flops = 2.0 * workload.Create().Info.MultiplyAddsPerRow * workload.Rows * (mode == Modes.TrainingStep ? 3 : 1) / (mode == Modes.Step ? workload.Create().Info.Inputs[0].TimeSteps : 1);
            Row([
                workload.Id, mode switch { Modes.Inference => "inference", Modes.Step => "step", _ => "training step" }, workload.Description,
                "**" + Spread(ours) + "**", Number(contest.Bytes(GeneratedCode.Peer, workload, mode) ?? 0), Number(flops / median / 1e3),
                .. peers.Select(peer => Spread(contest.Microseconds(peer, workload, mode))),
                .. best is null ? ["-", "-", goal.ToString("0.00", CultureInfo.InvariantCulture)] : Verdict(median, best, goal)]);
        }

        output.WriteLine();
    }

    private static string[] Verdict(double median, Rival best, double goal)
    {
        double ratio = median / best.Microseconds;
        return [
            $"{Number(best.Microseconds)} {best.Peer}{(best.IsScaled ? " (known figure)" : "")}",
            "**" + ratio.ToString("0.000", CultureInfo.InvariantCulture) + "**",
            $"{goal.ToString("0.00", CultureInfo.InvariantCulture)} {(ratio <= goal ? "reached" : "MISSED")}"];
    }

    /// <summary>Where the time of our own training step goes.</summary>
    public void WriteTrainingParts()
    {
        string[] modes =
            [Modes.TrainingStep, Modes.TrainingForward, Modes.Loss, Modes.Passes, Modes.Update, Modes.Repack, Modes.TrainingStepAdam];
        Workload[] trained = [.. workloads.Where(w => w.TrainingGoal is not null)];
        if (trained.Length == 0)
            return;

        output.WriteLine("## Parts of our training step, microseconds (bytes allocated)");
        output.WriteLine();
        Row(["work", "step with SGD", "forward", "loss", "forward and backward", "SGD and repacking", "repacking alone", "step with Adam"]);
        Row(Enumerable.Repeat("---", modes.Length + 1));
        foreach (Workload workload in trained)
        {
            Row([
                workload.Id, .. modes.Select(mode =>
                    $"{Number(Statistics.Median(contest.Microseconds(GeneratedCode.Peer, workload, mode)))} ({Number(contest.Bytes(GeneratedCode.Peer, workload, mode) ?? 0)} B)")]);
        }

        output.WriteLine();
    }

    private static string Spread(IReadOnlyList<double> times) =>
        times.Count == 0 ? "-" : $"{Number(Statistics.Median(times))} [{Number(times[0])}-{Number(times[^1])}]";

    private static string Number(double value)
    {
        string format = value >= 1000 ? "0" : value >= 10 ? "0.0" : value >= 1 ? "0.00" : "0.###";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private void Row(IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}
