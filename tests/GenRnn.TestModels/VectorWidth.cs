using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Reflection;
using System.Threading.Tasks;

namespace GenRnn.TestModels;

/// <summary>Vectors as another machine has them: what this process cannot have, another one is started with.</summary>
/// <param name="Name">What it is called in a test's name.</param>
/// <param name="Variable">The environment variable that makes it.</param>
/// <param name="Value">Its value.</param>
public sealed record VectorWidth(string Name, string Variable, string Value)
{
    /// <summary>Four floats or two doubles: ARM64, WebAssembly, and ahead of time where no instruction set was named.</summary>
    public static VectorWidth Of128Bits { get; } = new("128 bits", "DOTNET_MaxVectorTBitWidth", "128");

    /// <summary>Sixteen floats, where the machine has them; elsewhere it changes nothing.</summary>
    public static VectorWidth Of512Bits { get; } = new("512 bits", "DOTNET_MaxVectorTBitWidth", "512");

    /// <summary>128 bits in software, fused multiply-add included.</summary>
    public static VectorWidth WithoutIntrinsics { get; } = new("no intrinsics", "DOTNET_EnableHWIntrinsic", "0");

    /// <summary>All but the machine's own.</summary>
    public static IReadOnlyList<VectorWidth> All { get; } = [Of128Bits, Of512Bits, WithoutIntrinsics];

    /// <summary>Runs a program in a process with such vectors.</summary>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it printed.</exception>
    public string Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(DotNetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = Value },
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"With {Variable} = {Value} it ended with {process.ExitCode}:\n{error.Result}\n{output}");
    }

    /// <summary>Runs tests of an assembly over again.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="filter">Which of them, as <c>dotnet test</c> takes it.</param>
    /// <exception cref="InvalidOperationException">One failed, or there was none.</exception>
    public void RunTests(Assembly tests, string filter)
    {
        string output = Run("test", tests.Location, "--nologo", "--filter", filter);
        if (!output.Contains("Passed!", StringComparison.Ordinal))
            throw new InvalidOperationException($"No test of {tests.GetName().Name} is {filter}:\n{output}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
