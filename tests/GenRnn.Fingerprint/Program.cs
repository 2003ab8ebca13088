using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics.X86;

namespace GenRnn.Fingerprint;

/// <summary>
/// Prints the machine's vector width and then the fingerprints of the models of an assembly, one section a line.
/// Arguments: the assembly, then the full names of the classes (none: every model).
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine("Usage: GenRnn.Fingerprint <assembly> [<class> ...]");
            return 2;
        }

        Console.WriteLine($"{Vector<float>.Count} lanes, FMA {(Fma.IsSupported ? "in hardware" : "in software")}");
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
