using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>
/// Where a model has layers of the same kind and of other widths, one kernel for any width is less code than one for each. It has the remainders of all, so it
/// stands only where it is shorter than what it replaces, and where the model has no room for kernels whose widths are constants.
/// </summary>
internal static class SharedWidths
{
    /// <summary>Estimated bytes of IL from which on a model has no room for kernels of each width, whose constants fold.</summary>
    public const int LargeModel = Target.ModelBytes / 3;

    /// <summary>The kernels that are better written for any width, and how.</summary>
    /// <param name="largeModel">Bytes of IL from which on they are.</param>
    public static IReadOnlyDictionary<Kernel, IReadOnlyList<Statement>> Bodies(IReadOnlyList<Kernel> kernels, int largeModel)
    {
        Dictionary<Kernel, IReadOnlyList<Statement>> bodies = new();
        if (SizedKernels.Forms(kernels).Sum(KernelSize.Estimate) < largeModel)
            return bodies;
        foreach (IGrouping<string, Written> alike in Candidates(kernels).Select(k => new Written(k)).GroupBy(k => k.Form))
        {
            // What is one kernel already is best written for its own width.
            List<Kernel> apart = SizedKernels.Forms(alike.Select(k => k.Kernel)).ToList();
            if (apart.Count == 1)
                continue;
            Remainders together = new();
            foreach (Written one in alike)
                one.Kernel.ForAnyWidth!(together);
            together.AreAllWritten = false;
            List<(Kernel Kernel, IReadOnlyList<Statement> Body)> shared = alike.Select(k => (k.Kernel, k.Kernel.ForAnyWidth!(together))).ToList();
            if (shared[0].Body.Sum(KernelSize.Estimate) >= apart.Sum(KernelSize.Estimate))
                continue;
            foreach ((Kernel kernel, IReadOnlyList<Statement> body) in shared)
                bodies.Add(kernel, body);
        }

        return bodies;
    }

    /// <summary>Kernels that are not the only one with their parameters.</summary>
    private static IEnumerable<Kernel> Candidates(IEnumerable<Kernel> kernels) => kernels
        .Where(k => k.ForAnyWidth is not null)
        .GroupBy(k => (k.References.Count, string.Join(",", k.Numbers)))
        .Where(alike => alike.Count() > 1)
        .SelectMany(alike => alike);

    /// <summary>A kernel written for any width, with all remainders.</summary>
    private sealed class Written
    {
        public Written(Kernel kernel)
        {
            Kernel = kernel;
            Form = SizedKernels.Form(kernel, kernel.ForAnyWidth!(new Remainders()));
        }

        public Kernel Kernel { get; }

        public string Form { get; }
    }
}
