using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace GenRnn.Generator.Tests.Building;

/// <summary>A project outside of the repository that uses Gen as a package's user does: the compiler loads these assemblies.</summary>
internal sealed class ConsumerProject(params string[] analyzers) : IDisposable
{
    /// <summary>Where it stands.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("genrnn-consumer-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Gives what <c>dotnet</c> prints in the folder.</summary>
    public Task<string> RunAsync(params string[] arguments) => DotnetAsync(arguments);

    /// <summary>Writes Model.cs and a project around it, and gives everything that <c>dotnet build</c> prints.</summary>
    public async Task<string> BuildAsync(string source, params string[] arguments)
    {
        string here = AppContext.BaseDirectory;
        string references = string.Concat(analyzers.Select(a => "<Analyzer Include=\"" + Path.Combine(here, a) + "\" />"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "Model.cs"), source);
        await File.WriteAllTextAsync(Path.Combine(Folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(here, "GenRnn.dll")}" />
                {references}
              </ItemGroup>
            </Project>
            """);

        // No build servers: they would outlive the test and keep the generator's files open.
        return await DotnetAsync(["build", "--nologo", "-v:q", "-tl:off", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments]);
    }

    private async Task<string> DotnetAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Folder,
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
