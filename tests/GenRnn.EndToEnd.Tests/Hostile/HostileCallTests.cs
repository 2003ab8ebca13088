using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.TestModels;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.EndToEnd.Tests.Hostile;

/// <summary>
/// Every public member of the root namespace, of generated classes and of <see cref="IModel{T}"/> and <see cref="IParallelPasses{T}"/> is called with hostile arguments, in another process: it lives on, it writes
/// nothing but the spans it was given, and says what is wrong instead of finding itself broken.
/// </summary>
public sealed class HostileCallTests(ITestOutputHelper output)
{
    private static bool IsExhaustive => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    private static readonly ModelSource[] s_models =
    [
        Model("Plain", "[Input(TimeSteps = 5, Features = 2, Batch = 3)]\n[SimpleRnn(4, ReturnSequences = true, ReturnState = true)]\n[Dense(2)]"),
        Model("Two", "[Input(TimeSteps = 3, Features = 2, Batch = 20, Name = \"Source\")]\n[Lstm(3, Name = \"Encoder\")]\n"
            + "[Input(TimeSteps = 2, Features = 2, Name = \"Target\")]\n[InitialState(\"Encoder\")]\n[Lstm(3)]\n[Dropout(0.5)]"),
        Model("Ids", "[Input(TimeSteps = 4, Batch = 3, Lengths = true)]\n[Embedding(7, 3, MaskZero = true)]\n[Gru(4)]\n[Dense(1)]"),
        Model("Mixing", "[Input(TimeSteps = 4, Features = 3, Batch = 17, Layout = DataLayout.TimeMajor)]\n[Conv1D(4, 2, Padding = Padding.Causal)]\n[BatchNormalization]\n[SimpleRnn(3, Stateful = true)]"),
    ];

    [Fact]
    public void NothingBreaksTheProcess()
    {
        int seed = Environment.TickCount & 0xFFFF, count = IsExhaustive ? 300_000 : 12_000;
        output.WriteLine($"seed {seed}, {count} calls");
        string folder = Directory.CreateTempSubdirectory("genrnn-").FullName;
        try
        {
            string assembly = Path.Combine(folder, "Hostile.dll");
            Compilation.Value.Write(assembly);
            string printed = Execute(assembly, seed, count, TimeSpan.FromMinutes(count > 100_000 ? 60 : 8));
            output.WriteLine(printed);

            // A member that never went through was never called with anything but nonsense.
            string[] members = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] pieces = ["BeginForward", "ForwardRows", "EndForward", "BeginBackward", "BackwardRows", "ParameterGradients", "EndBackward"];
            foreach (string member in (string[])["IModel`1.Predict", "IModel`1.Forward", "IModel`1.Backward", "IStreamingModel`1.Step", "ModelState`1.SetValues", "Plain.Step", .. pieces.Select(p => "IParallelPasses`1." + p)])
                Assert.Contains(members, line => line.StartsWith(member + ":", StringComparison.Ordinal) && !line.Contains(": 0 of", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Execute(string assembly, int seed, int count, TimeSpan limit)
    {
        var start = new ProcessStartInfo(DotNetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A size that is only huge is refused by the heap, not by the machine.
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x20000000", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (string argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "GenRnn.Fingerprint.dll"), "--hostile", assembly, $"{seed}", $"{count}"])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> printed = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill();
            Assert.Fail($"The process with seed {seed} did not end in {limit}.");
        }

        Assert.True(process.ExitCode == 0, $"The process with seed {seed} ended with {process.ExitCode}:\n{printed.Result}\n{errors.Result}");
        return printed.Result;
    }

    private static readonly Lazy<ModelCompilation> Compilation = new(() =>
    {
        ModelCompilation models = ModelCompilation.Compile("HostileModels", s_models);
        List<Type> types = [.. typeof(IModel<>).Assembly.GetExportedTypes().Where(t => t.Namespace == "GenRnn" && !t.IsEnum && t != typeof(IModel<,>) && !typeof(Delegate).IsAssignableFrom(t)).Append(typeof(IParallelPasses<>)).Select(Close)];
        foreach (ModelSource model in s_models)
        {
            Type type = models.Find(model.FullName);
            types.AddRange([type, .. Nested(type)]);
        }

        string made = string.Join(", ", s_models.Select(m => $"new {m.FullName}(1)"));
        return ModelCompilation.Compile("Hostile",
        [
            .. s_models,
            new ModelSource("Hostile.Calls", "Entry", HostileSource.Write(types) + $$"""

                public static class Entry
                {
                    public static int Run(int seed, int count) => HostileRun.Run(AllCalls.List, () => new object[] { {{made}}, Loss.MeanSquaredError, Metric.MeanAbsoluteError, new Sgd() }, seed, count);
                }
                """),
        ]);
    });

    private static Type Close(Type type) => type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(float)) : type;

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes().SelectMany(t => Nested(t).Prepend(t));

    private static ModelSource Model(string name, string attributes) => new("Hostile", name, $"{attributes}\npublic partial class {name};\n");
}
