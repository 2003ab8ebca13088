using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using GenRnn.GeneratorBenchmarks;

const int Edits = 21;

// A child process: the first model of a fresh process, everything compiled just in time.
if (args is ["--first", var only])
{
    Console.WriteLine(new GeneratorHost().Run(Declarations.Read(only)).ToString(CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--analyzers"] or ["--analyzers", AnalyzerCost.FreshProcess])
{
    Console.Write(AnalyzerCost.Measure(isFresh: args.Length > 1));
    return 0;
}

if (args is ["--compiler"])
{
    Console.Write(CompilerCost.Measure());
    return 0;
}

if (args.Length > 0)
{
    Console.Error.WriteLine("dotnet run -c Release --project benchmarks/GenRnn.GeneratorBenchmarks [-- --analyzers | --compiler]");
    return 2;
}

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, Roslyn {typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version?.ToString(3)}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
Console.WriteLine();
Console.WriteLine("Milliseconds of the generator's run. Fresh process: median of 3, least-most; the others: medians of 21 edits.");
Console.WriteLine();
Console.WriteLine("| model | first of a fresh process | warm: new model | warm: edit of a flag | warm: comment moves the model | outputs re-emitted by it | generated source |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");

// Everything that later rows use is compiled and optimised before the first of them.
foreach (string name in Declarations.Names)
    Session(name);

foreach (string name in Declarations.Names)
{
    double[] first = [.. Enumerable.Range(0, 3).Select(_ => FirstOfProcess(name)).Order()];
    (double fresh, double flag, double comment, int anew, int characters) = Session(name);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {first[1]:0} [{first[0]:0}-{first[2]:0}] | {fresh:0.0} | {flag:0.0} | {comment:0.00} | {anew} | {characters / 1000.0:0} KB |"));
}

return 0;

static (double Fresh, double Flag, double Comment, int Anew, int Characters) Session(string name)
{
    string source = Declarations.Renamed(Declarations.Read(name), name, s_copies++);
    var host = new GeneratorHost();
    host.Run(source);
    int characters = host.Characters;

    var comments = new List<double>();
    int anew = 0;
    for (int edit = 0; edit < Edits; edit++)
    {
        comments.Add(host.Run(Declarations.WithComment(source, edit)));
        anew += host.EmittedAnew;
    }

    var flags = new List<double>();
    for (int edit = 0; edit < Edits; edit++)
        flags.Add(host.Run(Declarations.WithFlag(source, edit)));

    var fresh = new List<double>();
    for (int edit = 0; edit < Edits; edit++)
        fresh.Add(new GeneratorHost().Run(Declarations.Renamed(Declarations.Read(name), name, s_copies++)));
    return (Median(fresh), Median(flags), Median(comments), anew, characters);
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static double FirstOfProcess(string name)
{
    return double.Parse(ChildProcess.Run("--first", name), CultureInfo.InvariantCulture);
}

internal partial class Program
{
    private static int s_copies;
}
