using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Threading.Tasks;

namespace GenRnn.TestModels;

/// <summary>Vectors as another machine has them: what this process cannot have, another one is started with.</summary>
/// <param name="Name">What it is called in a test's name.</param>
/// <param name="Bits">What kernels run on where the machine has it: the switch <c>GenRnn.VectorBits</c>; 0 for what it makes of itself.</param>
/// <param name="Variable">The environment variable that makes portable vectors so.</param>
/// <param name="Value">Its value.</param>
public sealed record VectorWidth(string Name, int Bits, string Variable, string Value)
{
    /// <summary>The environment variable by which a child of tests learns the switch: <see cref="Choose"/>.</summary>
    private const string Chosen = "GEN_TEST_VECTOR_BITS";

    /// <summary>Four floats or two doubles: ARM64, WebAssembly, and ahead of time where no instruction set was named.</summary>
    public static VectorWidth Of128Bits { get; } = new("128 bits", 128, "DOTNET_MaxVectorTBitWidth", "128");

    /// <summary>Eight floats in portable vectors: most desktops, and what a machine with 512-bit units falls back to.</summary>
    public static VectorWidth Of256Bits { get; } = new("256 bits", 256, "DOTNET_MaxVectorTBitWidth", "256");

    /// <summary>Sixteen floats in portable vectors, where the machine has them; elsewhere it changes nothing.</summary>
    public static VectorWidth Of512Bits { get; } = new("512 bits", 0, "DOTNET_MaxVectorTBitWidth", "512");

    /// <summary>Kernels on 512 bits, where the machine has them, beside portable vectors of 128: as far apart as both can be.</summary>
    public static VectorWidth Wide { get; } = new("wide beside narrow", 512, "DOTNET_MaxVectorTBitWidth", "128");

    /// <summary>128 bits in software, fused multiply-add included.</summary>
    public static VectorWidth WithoutIntrinsics { get; } = new("no intrinsics", 0, "DOTNET_EnableHWIntrinsic", "0");

    /// <summary>All but the machine's own.</summary>
    public static IReadOnlyList<VectorWidth> All { get; } = [Of128Bits, Of256Bits, Of512Bits, Wide, WithoutIntrinsics];

    /// <summary>Takes over what the parent process asked for; called before the first model is made.</summary>
    public static void Choose()
    {
        if (Environment.GetEnvironmentVariable(Chosen) is { Length: > 0 } bits)
            AppContext.SetData("GenRnn.VectorBits", bits);
    }

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
            Environment = { [Variable] = Value, [Chosen] = Bits == 0 ? "" : Bits.ToString(CultureInfo.InvariantCulture) },
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
