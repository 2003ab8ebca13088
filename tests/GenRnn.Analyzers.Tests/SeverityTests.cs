using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.Analyzers.Tests.Hosting;
using GenRnn.Generator.Tests.Building;
using Xunit;

namespace GenRnn.Analyzers.Tests;

/// <summary>Who decides how loud a rule is: the source, and the project's configuration, as <c>dotnet build</c> reads it.</summary>
public sealed class SeverityTests : IDisposable
{
    private const string Unbounded = "[Input(TimeSteps = 9, Features = 2)]\n[SimpleRnn(5, Activation = Activation.Relu)]\npublic partial class Model;\n";

    private readonly ConsumerProject _project = new("GenRnn.Generator.dll", "GenRnn.Compiler.dll", "GenRnn.Analyzers.dll", "GenRnn.CodeFixes.dll");

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_pragma_silences_a_rule_where_it_stands()
    {
        Assert.Equal("GEN0207", Assert.Single(await AnalyzerHost.RunAsync("using GenRnn;\n" + Unbounded)).Id);
        Assert.Empty(await AnalyzerHost.RunAsync("using GenRnn;\n#pragma warning disable GEN0207\n" + Unbounded));
    }

    [Fact]
    public async Task A_warning_of_a_rule_shows_in_the_build()
    {
        string output = await _project.BuildAsync("using GenRnn;\n\n" + Unbounded);

        Assert.Contains("Model.cs(4,15): warning GEN0207: 'Relu' does not saturate", output, StringComparison.Ordinal);
        Assert.DoesNotContain(": error", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editorconfig_raises_one_rule_silences_another_and_switches_a_third_on()
    {
        await File.WriteAllTextAsync(Path.Combine(_project.Folder, ".editorconfig"), """
            root = true

            [*.cs]
            dotnet_diagnostic.GEN0207.severity = error
            dotnet_diagnostic.GEN0210.severity = none
            dotnet_diagnostic.GEN0305.severity = warning
            """);

        string output = await _project.BuildAsync("using GenRnn;\n\n" + Unbounded.Replace("[SimpleRnn(5,", "[SimpleRnn(5, GoBackwards = true, ReturnSequences = true,", StringComparison.Ordinal));

        Assert.Contains("Model.cs(4,59): error GEN0207", output, StringComparison.Ordinal);
        Assert.Contains("Model.cs(4,2): warning GEN0305: SimpleRnn(5): output (None, 9, 5), 40 parameters", output, StringComparison.Ordinal);
        Assert.DoesNotContain("GEN0210", output, StringComparison.Ordinal);
    }

    // At CS0246 the compiler stops before it shows what analyzers found.
    [Fact]
    public async Task A_misspelt_flag_hides_no_message_of_another_model()
    {
        string output = await _project.BuildAsync("""
            using GenRnn;

            [Input(TimeSteps = 9, Features = 2)]
            [SimpleRnn(5, ReturnSequence = true)]
            public partial class Misspelt;

            [Input(TimeSteps = 9, Features = 2)]
            [SimpleRnn(5, Dropout = 2, ReturnSequences = true)]
            [Lstm(3, Activation = Activation.Relu)]
            [Dense(0)]
            public partial class Faulty;

            #pragma warning disable GEN0207
            [Input(TimeSteps = 9, Features = 2)]
            [SimpleRnn(5, Activation = Activation.Relu, GoBackwards = true)]
            [InitialState("H")]
            [Gru(3)]
            public partial class Silenced;
            """);

        string[] messages = ["Model.cs(4,15): error GEN0201: ", "Model.cs(8,15): error GEN0213: ", "Model.cs(9,10): warning GEN0207: ", "Model.cs(10,8): error GEN0204: ", "Model.cs(16,15): error GEN0303: "];
        foreach (string message in messages)
            Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Model.cs(15,15): warning GEN0207", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split('\n').Where(line => line.Contains("error GEN0001: ", StringComparison.Ordinal)).Select(line => line.Split('[')[0].Trim()).Distinct().Count());
    }

    // The compiler has its own errors here as well, and must still come to what the analyzers say.
    [Fact]
    public async Task Mistakes_at_call_sites_show_in_the_build()
    {
        string output = await _project.BuildAsync("""
            using GenRnn;

            [Input(TimeSteps = 9, Features = 2)]
            [SimpleRnn(5, GoBackwards = true)]
            public partial class Model
            {
                public static void Use(Model model, float[] y)
                {
                    model.Predict(new float[17], y);
                    model.Step(y, y, model.CreateState());
                }
            }
            """);

        Assert.Contains("Model.cs(9,23): error GEN0601: 'input' of Model.Predict holds rows of 18 values; found 17", output, StringComparison.Ordinal);
        Assert.Contains("Model.cs(10,15): error GEN0602: 'Model' has no Step, because SimpleRnn(5) runs backwards in time", output, StringComparison.Ordinal);
    }
}
