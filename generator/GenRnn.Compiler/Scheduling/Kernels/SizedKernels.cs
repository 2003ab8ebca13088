using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>Kernels that differ in nothing but sizes.</summary>
internal sealed class SizedKernels
{
    /// <summary>Kernels whose summaries are told one by one.</summary>
    private const int Summaries = 4;

    private readonly IReadOnlyList<IReadOnlyDictionary<string, int>> _sizes;

    private SizedKernels(IEnumerable<(Kernel Kernel, IReadOnlyDictionary<string, int> Sizes)> alike)
    {
        Kernels = alike.Select(k => k.Kernel).ToList();
        _sizes = alike.Select(k => k.Sizes).ToList();
    }

    /// <summary>In the order in which they were scheduled.</summary>
    public IReadOnlyList<Kernel> Kernels { get; }

    /// <summary>What the ends of names have in common, from a capital on: no longer the kernel of one layer. The first's name if that is nothing.</summary>
    /// <param name="wanted">Names of what one kernel does.</param>
    public static string CommonName(IEnumerable<string> wanted)
    {
        string[] names = wanted.Select(WithoutNumber).ToArray();
        string first = names[0];
        for (int start = 0; start < first.Length; start++)
        {
            if (char.IsUpper(first[start]) && names.All(name => name.EndsWith(first.Substring(start), StringComparison.Ordinal)))
                return first.Substring(start);
        }

        return first;
    }

    /// <summary>The kernels that have sizes, those together that have the same code but for them.</summary>
    public static IReadOnlyList<SizedKernels> Of(IEnumerable<Kernel> kernels) => kernels
        .Where(k => k.IsLeaf)
        .Select(k => (Kernel: k, Sizes: SizesIn(k.Body)))
        .Where(k => k.Sizes.Count > 0)
        .GroupBy(k => Form(k.Kernel, k.Kernel.Body))
        .Select(alike => new SizedKernels(alike))
        .ToList();

    /// <summary>The kernel that has no like, with its sizes as constants.</summary>
    public SizedCall WithConstants() => new(Kernels[0].With(new KernelMap(i => i is SizeIndex size ? (Index)size.Value : null).Apply(Kernels[0].Body)), Array.Empty<int>());

    /// <summary>One kernel in the place of all: sizes that differ are numbers, those that all have in common are constants.</summary>
    /// <returns>What is called for each.</returns>
    public IReadOnlyList<SizedCall> Share(string name)
    {
        string[] numbers = _sizes[0].Keys.Where(size => _sizes.Any(s => s[size] != _sizes[0][size])).ToArray();
        KernelMap map = new(i => i is SizeIndex size ? (numbers.Contains(size.Name) ? Index.Variable(size.Name) : (Index)size.Value) : null);
        Kernel first = Kernels[0];
        Kernel shared = new(name, Summary(), first.References, first.Numbers.Concat(numbers).ToList(), map.Apply(first.Body), isLeaf: true) { Locals = first.Locals };
        return _sizes.Select(sizes => new SizedCall(shared, numbers.Select(size => sizes[size]).ToList())).ToList();
    }

    private string Summary()
    {
        string[] all = Kernels.Select(k => k.Summary).Distinct().ToArray();
        return string.Join("; ", all.Take(Summaries)) + (all.Length > Summaries ? "; ..." : "");
    }

    private static string WithoutNumber(string name)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < name.Length && stem.EndsWith("_", StringComparison.Ordinal) ? stem.Substring(0, stem.Length - 1) : name;
    }

    private static IReadOnlyDictionary<string, int> SizesIn(IReadOnlyList<Statement> body)
    {
        SortedDictionary<string, int> sizes = new(StringComparer.Ordinal);
        new KernelMap(index =>
        {
            if (index is SizeIndex size)
            {
                if (sizes.TryGetValue(size.Name, out int known) && known != size.Value)
                    throw new InvalidOperationException("The size " + size.Name + " has two values in one kernel.");
                sizes[size.Name] = size.Value;
            }

            return null;
        }).Apply(body);
        return sizes;
    }

    /// <summary>One kernel of each form, as many as would be emitted for all.</summary>
    public static IEnumerable<Kernel> Forms(IEnumerable<Kernel> kernels) => kernels.GroupBy(k => Form(k, k.Body)).Select(alike => alike.First());

    /// <summary>What kernels have in common if they differ in nothing but sizes.</summary>
    public static string Form(Kernel kernel, IReadOnlyList<Statement> body) =>
        KernelLibrary.TextOf(kernel.References, kernel.Numbers, body, i => i is SizeIndex size ? Index.Variable(size.Name) : null);
}
