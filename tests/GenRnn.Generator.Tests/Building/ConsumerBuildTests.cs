using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace GenRnn.Generator.Tests.Building;

/// <summary>What a user reads in the output of <c>dotnet build</c>. In memory everything is reported; csc stops at some errors.</summary>
public sealed class ConsumerBuildTests : IDisposable
{
    private readonly ConsumerProject _project = new("GenRnn.Generator.dll", "GenRnn.Compiler.dll");

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_misspelt_flag_is_reported_on_its_argument()
    {
        string output = await _project.BuildAsync("""
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
        await File.WriteAllTextAsync(Path.Combine(_project.Folder, ".editorconfig"), """
            root = true

            [*.cs]
            dotnet_analyzer_diagnostic.severity = none
            dotnet_diagnostic.GEN0001.severity = none
            dotnet_diagnostic.GEN0106.severity = none
            """);

        // No error of C#: only Gen can know.
        string output = await _project.BuildAsync(
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
    public async Task A_project_of_another_language_is_told_that_Gen_writes_CSharp()
    {
        string targets = Path.Combine(AppContext.BaseDirectory, "build", "GenRnn.targets");
        await File.WriteAllTextAsync(Path.Combine(_project.Folder, "App.vbproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup Condition="'$(Library)' == ''">
                <PackageReference Include="GenRnn" Version="1.0.0" />
              </ItemGroup>
              <Import Project="{targets}" />
            </Project>
            """);

        Assert.Contains("App.vbproj : warning GEN0112: Gen writes C# alone", await _project.RunAsync("msbuild", "-nologo", "-tl:off", "-nodeReuse:false", "-t:GenRnnCheckLanguage"), StringComparison.Ordinal);
        // It uses models of a library, and has no declarations.
        Assert.DoesNotContain("GEN0112", await _project.RunAsync("msbuild", "-nologo", "-tl:off", "-nodeReuse:false", "-t:GenRnnCheckLanguage", "-p:Library=true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_model_builds()
    {
        string output = await _project.BuildAsync(
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
        Assert.True(File.Exists(Path.Combine(_project.Folder, "bin", "Debug", "net10.0", "Consumer.dll")), output);
    }
}
