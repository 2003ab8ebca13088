using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Benchmarks.Measuring;
using GenRnn.Benchmarks.Reporting;
using GenRnn.Peers;
using GenRnn.Peers.Gen;

// Gen beside what a .NET user would take instead, in one process, in turns:
//   GenRnn.Peers [epoch] [inference] [training] [threads] [farm] [--only W12,W13] [--rounds N] [--seconds S] [--core N]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Allocator.RestartIfNeeded(args) is { } code)
    return code;
string[] parts = ["epoch", "inference", "training", "threads", "farm"];
string[] asked = [.. args.Where(parts.Contains)];
bool Runs(string part) => asked.Length == 0 || asked.Contains(part);
string? Value(string option) => Array.IndexOf(args, option) is >= 0 and int place && place + 1 < args.Length ? args[place + 1] : null;
int rounds = int.Parse(Value("--rounds") ?? "5", CultureInfo.InvariantCulture);
double seconds = double.Parse(Value("--seconds") ?? "0.5", CultureInfo.InvariantCulture);
string[] only = Value("--only")?.Split(',') ?? [];
Work[] works = [.. Work.All.Where(work => only.Length == 0 || only.Any(name => work.Id.StartsWith(name, StringComparison.Ordinal)))];
var turns = new Turns(rounds, seconds);

Console.WriteLine(MachineLine.Text);
if (Contestants.Absence.Length > 0)
    Console.WriteLine($"- {Contestants.Absence}");

// Several threads first: once pinned, the process stays so.
if (Runs("threads"))
{
    double gain = ThreadGain.OfMultiplyAdds();
    Console.WriteLine($"- two threads, not pinned: a loop of multiply-adds gains {gain:F2}");
    Console.WriteLine();
    Row("training step on two threads", "1 thread", "2 threads", "gain", "share of the loop's gain");
    Row("---", "---", "---", "---", "---");
    foreach (Work work in works.Where(work => work.Trains))
    {
        double[] times = turns.Measure([GenActions.Training(work, 1), GenActions.Training(work, 2)]);
        Row(work.Id, Time(times[0]), Time(times[1]), $"{times[0] / times[1]:F2}", $"{times[0] / times[1] / gain:F2}");
    }

    Console.WriteLine();
}

if (Runs("farm"))
{
    double[] times = new Turns(rounds: 1, seconds: 0).Measure([GenActions.Farm(1_000, 1), GenActions.Farm(1_000, 2)]);
    Console.WriteLine($"A thousand models Gru 8, Dense 1, of 1,000 windows [24, 1] each, an epoch each: {Time(times[0])} on one thread, {Time(times[1])} on two");
    Console.WriteLine();
}

if (!Runs("epoch") && !Runs("inference") && !Runs("training"))
    return 0;
int? core = Value("--core") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;
Console.WriteLine($"- {ProcessorPinning.Pin(core)}, one thread, {rounds} rounds in turns, {seconds} s each; medians");
Console.WriteLine($"- {FmaPeak.Text}");
Console.WriteLine();

bool hasHead = false;
if (Runs("epoch"))
{
    var random = new Random(1);
    float[] inputs = [.. Enumerable.Range(0, 7_000 * 50).Select(_ => random.NextSingle())], targets = [.. Enumerable.Range(0, 7_000).Select(_ => random.NextSingle())];
    Print("20-20-1", "epoch of 7,000 series, batches of 32, Adam", Contestants.Epoch(inputs, targets));
}

foreach (Work work in works)
{
    if (Runs("inference"))
        Print(work.Id, "inference, " + work.Description, Contestants.Inference(work));
    if (Runs("training") && work.Trains)
        Print(work.Id, "training step with Adam, " + work.Description, Contestants.Training(work));
}

return 0;

void Print(string id, string what, IReadOnlyList<(string Name, Action Run)> contestants)
{
    if (!hasHead)
    {
        Row("work", "", "Gen", "peers", "Gen / best peer");
        Row("---", "---", "---", "---", "---");
        hasHead = true;
    }

    double[] times = turns.Measure([.. contestants.Select(c => c.Run)]);
    string peers = string.Join(", ", contestants.Skip(1).Select((c, i) => $"{c.Name} {Time(times[i + 1])}"));
    Row(id, what, Time(times[0]), peers.Length == 0 ? "-" : peers, times.Length == 1 ? "-" : $"**{times[0] / times.Skip(1).Min():F3}**");
}

static string Time(double microseconds) => microseconds >= 1e6 ? $"{microseconds / 1e6:F2} s" : microseconds >= 1000 ? $"{microseconds / 1000:F2} ms" : $"{microseconds:F1} us";

static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
