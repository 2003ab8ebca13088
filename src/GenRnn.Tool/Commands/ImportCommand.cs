using System;
using System.CommandLine;
using System.IO;
using GenRnn.Tool.Importing;
using GenRnn.Tool.Reading;

namespace GenRnn.Tool.Commands;

/// <summary><c>dotnet gen import forecaster.keras</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The model: .keras, a whole .h5, or a configuration (config.json) with --weights. What it is, its content decides." };
        var weights = new Option<string?>("--weights") { Description = "The weights of a configuration: .weights.h5, .h5, or .npz." };
        var timeSteps = new Option<int>("--time-steps") { Description = "The number of time steps, where the file leaves it open." };
        var name = new Option<string?>("--name") { Description = "The class's name; made of the file's unless given." };
        var space = new Option<string>("--namespace") { Description = "The class's namespace; none unless given.", DefaultValueFactory = _ => "" };
        var isDouble = new Option<bool>("--double") { Description = "Computes in double, whatever the file does." };
        var folder = new Option<string>("--output", "-o") { Description = "The folder to write to; the current one unless given.", DefaultValueFactory = _ => "." };
        var force = new Option<bool>("--force") { Description = "Overwrites files that are there." };
        timeSteps.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out int steps) && steps > 0))
                result.AddError("--time-steps takes a whole number from 1.");
        });
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && ClassNames.Problem(result.Tokens[0].Value) is { } problem)
                result.AddError(problem);
        });
        space.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && ClassNames.NamespaceProblem(result.Tokens[0].Value) is { } problem)
                result.AddError(problem);
        });
        var command = new Command("import", "Writes the declaration of a Keras model as C#, and its weights as a safetensors file.")
        {
            file, weights, timeSteps, name, space, isDouble, folder, force,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            return Failures.Catch(parsed, path, ExitCode.Refused, () =>
            {
                string className = parsed.GetValue(name) ?? ClassNames.Of(path);
                var targets = ImportTargets.In(parsed.GetValue(folder)!, className, path);
                if (!parsed.GetValue(force) && targets.Existing is { } existing)
                    return Failures.Say(parsed, $"'{existing}' exists; --force overwrites it.", ExitCode.Refused);
                KerasSource source = KerasSource.Open(path, parsed.GetValue(weights));
                ImportedNetwork network = ImportedNetwork.Of(source, className, parsed.GetValue(space)!, parsed.GetValue(timeSteps), parsed.GetValue(isDouble));
                targets.Write(network, Path.GetFileName(path));
                Report(network, targets, parsed.InvocationConfiguration.Output);
                return ExitCode.Done;
            });
        });
        return command;
    }

    private static void Report(ImportedNetwork network, ImportTargets targets, TextWriter output)
    {
        NetworkTable.Write(network, output);
        foreach (string line in network.Aside)
            output.WriteLine("left aside: " + Failures.Visible(line));
        output.WriteLine($"wrote {targets.SourcePath}");
        output.WriteLine($"wrote {targets.WeightsPath}");
    }
}
