using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace GenRnn.Generator.Tests.Building;

/// <summary>What a user reads in the output of <c>dotnet build</c>. In memory everything is reported; csc stops at some errors.</summary>
public sealed class ConsumerBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genrnn-consumer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_misspelt_flag_is_reported_on_its_argument()
    {
        string output = await BuildAsync("""
            using GenRnn;

            [Input(TimeSteps = 3, Features = 2)]
            [SimpleRnn(5, ReturnSequence = true)]
            public partial class Model;
            """);

        Assert.Contains("Model.cs(4,15): error GEN0201: 'ReturnSequence' is not an option of SimpleRnn; did you mean 'ReturnSequences'?", output, StringComparison.Ordinal);
        Assert.Contains("Model.cs(5,22): error GEN0001: 'Model' was not generated: 'ReturnSequence' is not an option", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_model_fails_without_analyzers_and_whatever_is_configured()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".editorconfig"), """
            root = true

            [*.cs]
            dotnet_analyzer_diagnostic.severity = none
            dotnet_diagnostic.GEN0001.severity = none
            dotnet_diagnostic.GEN0106.severity = none
            """);

        // No error of C#: only Gen can know.
        string output = await BuildAsync(
            """
            using GenRnn;

            #pragma warning disable
            [Input(TimeSteps = 3, Features = 2)]
            [SimpleRnn(5, Name = "two words")]
            public partial class Model;
            """,
            "-p:RunAnalyzers=false", "-p:NoWarn=GEN0001");

        Assert.Contains("Model.cs(6,22): error GEN0001: 'Model' was not generated: The Name 'two words' of SimpleRnn is not an identifier", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_model_builds()
    {
        string output = await BuildAsync(
            """
            using GenRnn;

            /// <summary>A model.</summary>
            [Input(TimeSteps = 3, Features = 2)]
            [SimpleRnn(5, Activation = Activation.Relu)]
            [Activation(Activation.Tanh)]
            public partial class Model;
            """,
            "-p:TreatWarningsAsErrors=true", "-p:GenerateDocumentationFile=true", "-p:AnalysisLevel=latest");

        Assert.DoesNotContain("error", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "bin", "Debug", "net10.0", "Consumer.dll")), output);
    }

    private async Task<string> BuildAsync(string source, params string[] arguments)
    {
        string here = AppContext.BaseDirectory;
        await File.WriteAllTextAsync(Path.Combine(_folder, "Model.cs"), source);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(here, "GenRnn.dll")}" />
                <Analyzer Include="{Path.Combine(here, "GenRnn.Generator.dll")}" />
                <Analyzer Include="{Path.Combine(here, "GenRnn.Compiler.dll")}" />
              </ItemGroup>
            </Project>
            """);

        // No build servers: they would outlive the test and keep the generator's files open.
        var start = new ProcessStartInfo("dotnet", ["build", "--nologo", "-v:q", "-tl:off", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        // What the test runner's own build put there would point the child at this solution.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new System.Threading.CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return await output + await errors;
    }
}
