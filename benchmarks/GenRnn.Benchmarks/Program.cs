using System;
using System.Collections.Generic;
using GenRnn.Benchmarks;
using GenRnn.Benchmarks.Cells;
using GenRnn.Benchmarks.Contestants;
using GenRnn.Benchmarks.Measuring;
using GenRnn.Benchmarks.Reporting;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine(mistake.Message + "\n\n" + Options.Usage);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(Options.Usage);
    return 0;
}

if (options.InstallPeers)
    return Installation.Run(Console.Out);

if (options.Measure is not null)
{
    GeneratedCode.Measure(Workload.Find(options.Measure), options.Seconds, Console.Out);
    return 0;
}

if (options.Cells)
{
    Console.WriteLine(MachineLine.Text);
    Console.WriteLine($"- {ProcessorPinning.Pin(options.Core)}, one thread");
    Console.WriteLine($"- {FmaPeak.Text}");
    Console.WriteLine();
    CellContest.Run(options.Quick ? 41 : 201, Console.Out);
    return 0;
}

Contestant[] contestants = [new Gen(), new OneDnn(), new OnnxRuntime(), new PyTorch()];
var present = new List<Contestant>();
Console.WriteLine(MachineLine.Text);
foreach (Contestant contestant in contestants)
{
    string? absence = contestant.Prepare();
    Console.WriteLine($"- {contestant.Name}: {(absence is null ? contestant.Version : $"absent ({absence}); --install-peers says how to get it")}");
    if (absence is null)
        present.Add(contestant);
}

// After the peers' programs were built: compilers may use the whole machine.
string pinning = ProcessorPinning.Pin(options.Core);
Console.WriteLine($"- {pinning}, one thread, {options.Rounds} rounds, {options.Seconds} s a measurement{(options.Quick ? " (quick: a look, not a result)" : "")}");
Console.WriteLine($"- {FmaPeak.Text}");
Console.WriteLine();

var contest = new Contest(options, present, Console.Error);
contest.Run();
var report = new Report(contest, options.Workloads, Console.Out);
report.WriteComparison();
report.WriteTrainingParts();
return 0;
