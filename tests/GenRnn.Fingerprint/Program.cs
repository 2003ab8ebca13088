using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using GenRnn.CompilerServices;

namespace GenRnn.Fingerprint;

/// <summary>
/// Prints the width of kernels and of portable vectors and then the fingerprints of the models of an assembly, one section a line.
/// Arguments: the assembly, then the full names of the classes (none: every model). With <c>--hostile</c> first: an assembly of hostile calls, a seed and how many.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // The parent is a test: VectorWidth of the test models writes the variable.
        if (Environment.GetEnvironmentVariable("GEN_TEST_VECTOR_BITS") is { Length: > 0 } bits)
            AppContext.SetData(LaneChoice.Switch, bits);
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine("Usage: GenRnn.Fingerprint <assembly> [<class> ...]");
            return 2;
        }

        if (arguments[0] == "--hostile")
        {
            // Written beside the models: see HostileCallTests.
            MethodInfo run = Assembly.LoadFrom(arguments[1]).GetType("Hostile.Calls.Entry", throwOnError: true)!.GetMethod("Run")!;
            return (int)run.Invoke(null, [int.Parse(arguments[2], CultureInfo.InvariantCulture), int.Parse(arguments[3], CultureInfo.InvariantCulture)])!;
        }

        Console.WriteLine($"{LaneChoice.Bits / 32} lanes, portable {Vector<float>.Count}, FMA {(Fma.IsSupported ? "in hardware" : "in software")}");
        Assembly assembly = Assembly.LoadFrom(arguments[0]);
        Type[] types = arguments.Length > 1
            ? arguments[1..].Select(name => assembly.GetType(name, throwOnError: true)!).ToArray()
            : assembly.GetTypes().Where(IsModel).OrderBy(t => t.FullName, StringComparer.Ordinal).ToArray();
        foreach (Section section in types.SelectMany(type => ModelFingerprint.Of(type)))
            Console.WriteLine(section);
        return 0;
    }

    private static bool IsModel(Type type) =>
        type is { IsAbstract: false, IsInterface: false } && (type.IsAssignableTo(typeof(IModel<float>)) || type.IsAssignableTo(typeof(IModel<double>)));
}
