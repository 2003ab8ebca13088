using System;
using System.Runtime.InteropServices;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>The host that runs this process, for others.</summary>
internal static class DotNetHost
{
    /// <summary>It lies beside its shared framework.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
