using System;
using System.CommandLine;
using System.IO;
using System.Text;
using GenRnn.Compiler.Interop;
using GenRnn.Tool.Importing;
using GenRnn.Tool.Reading;

namespace GenRnn.Tool.Commands;

/// <summary><c>dotnet gen import forecaster.keras</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The model: Keras' .keras or whole .h5, a configuration (config.json) with --weights, PyTorch's .pt, .pth or .ckpt, or its weights as safetensors, or .onnx. What it is, its content decides." };
        var weights = new Option<string?>("--weights") { Description = "The weights of a configuration: .weights.h5, .h5, or .npz." };
        var layers = new Option<string?>("--layers") { Description = "The modules of a PyTorch network in the order of their calls, or a file with them: \"rnn: LSTM(num_layers=2), LastStep, head: Linear\", or what print(model) writes." };
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
        var command = new Command("import", "Writes the declaration of a Keras, PyTorch or ONNX network as C#, and its weights as a safetensors file.")
        {
            file, weights, layers, timeSteps, name, space, isDouble, folder, force,
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
                INetworkSource source = NetworkSource.Open(path, parsed.GetValue(weights), TextOf(parsed.GetValue(layers)));
                ImportedNetwork network = ImportedNetwork.Of(source, new ImportRequest(className)
                {
                    Namespace = parsed.GetValue(space)!,
                    TimeSteps = parsed.GetValue(timeSteps),
                    IsDouble = parsed.GetValue(isDouble),
                });
                targets.Write(network, Path.GetFileName(path));
                Report(network, targets, parsed.InvocationConfiguration.Output);
                return ExitCode.Done;
            });
        });
        return command;
    }

    /// <summary>The text, or that of the file that it names.</summary>
    private static string? TextOf(string? layers) => File.Exists(layers) ? Encoding.UTF8.GetString(NetworkSource.ReadFile(layers).Span) : layers;

    private static void Report(ImportedNetwork network, ImportTargets targets, TextWriter output)
    {
        NetworkTable.Write(network, output);
        foreach (string line in network.Notes)
            output.WriteLine("note: " + Failures.Visible(line));
        foreach (string line in network.Aside)
            output.WriteLine("left aside: " + Failures.Visible(line));
        output.WriteLine($"wrote {targets.SourcePath}");
        output.WriteLine($"wrote {targets.WeightsPath}");
    }
}
