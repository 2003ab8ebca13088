using System.CommandLine;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;
using GenRnn.Tool.Importing;
using GenRnn.Tool.Reading;

namespace GenRnn.Tool.Commands;

/// <summary><c>dotnet gen summary FILE</c>.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A model or weights: Keras', PyTorch's, .npz or safetensors." };
        var timeSteps = new Option<int>("--time-steps") { Description = "The number of time steps, where the file leaves it open." };
        var command = new Command("summary", "Says what is in a file: the layers of a Keras model, or the tensors of a file of weights.") { file, timeSteps };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            return Failures.Catch(parsed, path, ExitCode.Refused, () =>
            {
                TextWriter output = parsed.InvocationConfiguration.Output;
                if (KerasSource.TryOpen(path) is { } source)
                {
                    output.WriteLine($"{Failures.Visible(source.Origin)}");
                    try
                    {
                        ImportedNetwork network = ImportedNetwork.Of(source, ClassNames.Of(path), "", parsed.GetValue(timeSteps), isDouble: false);
                        NetworkTable.Write(network, output);
                        return ExitCode.Done;
                    }
                    catch (ForeignModelException exception)
                    {
                        output.WriteLine(Failures.Visible($"cannot be imported: {exception.Message}"));
                    }
                }

                WeightTable table = WeightTable.Read(path);
                foreach (string line in table.Metadata)
                    output.WriteLine(Failures.Visible(line));
                NetworkTable.Write(["tensor", "type", "shape", "values"], table.Tensors.Select(t => new[] { t.Name, t.Type.ToString(), WeightTable.Shape(t), WeightTable.Number(t.Count) }), output);
                return ExitCode.Done;
            });
        });
        return command;
    }
}
