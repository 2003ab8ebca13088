using System;
using System.Runtime.InteropServices;

namespace GenRnn.TestModels;

/// <summary>The host that runs this process, for others.</summary>
public static class DotNetHost
{
    /// <summary>It lies beside its shared framework.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
