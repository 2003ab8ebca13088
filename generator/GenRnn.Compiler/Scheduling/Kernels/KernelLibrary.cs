using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>All kernels of a model; plans that do the same work share a kernel.</summary>
public sealed class KernelLibrary
{
    private readonly Dictionary<string, Kernel> _byText = new();
    private readonly HashSet<string> _names = new();
    private readonly List<Kernel> _kernels = new();

    /// <summary>What leaves were to be called by all who asked for one.</summary>
    private readonly Dictionary<Kernel, List<string>> _wanted = new();

    public IReadOnlyList<Kernel> Kernels => _kernels;

    /// <summary>
    /// The kernels of a model: those that differ in nothing but sizes are one, and all other sizes constants. Taken when all plans have their kernels. Layers of the same kind
    /// then have one kernel for each shape of tiles, not one for each width and number of steps.
    /// </summary>
    /// <param name="largeModel">Bytes of IL from which on kernels that differ in widths, too, are one.</param>
    public KernelSet Share(int largeModel = SharedWidths.LargeModel)
    {
        IReadOnlyDictionary<Kernel, IReadOnlyList<Statement>> forAnyWidth = SharedWidths.Bodies(_kernels, largeModel);
        HashSet<string> names = new(_names);
        List<Kernel> kernels = _kernels.Select(k => forAnyWidth.TryGetValue(k, out IReadOnlyList<Statement>? body) ? k.With(body) : k).ToList();
        Dictionary<Kernel, Kernel> written = kernels.Zip(_kernels, (k, before) => (k, before)).ToDictionary(p => p.k, p => p.before);
        Dictionary<Kernel, SizedCall> stands = new();
        foreach (SizedKernels alike in SizedKernels.Of(kernels))
        {
            int place = kernels.IndexOf(alike.Kernels[0]);
            kernels.RemoveAll(alike.Kernels.Contains);
            if (alike.Kernels.Count > 1)
                names.ExceptWith(alike.Kernels.Select(k => k.Name));
            IReadOnlyList<SizedCall> calls = alike.Kernels.Count == 1 ? new[] { alike.WithConstants() }
                : alike.Share(Unique(SizedKernels.CommonName(alike.Kernels.SelectMany(k => _wanted[written[k]])), names));
            kernels.Insert(place, calls[0].Kernel);
            for (int i = 0; i < calls.Count; i++)
                stands.Add(written[alike.Kernels[i]], calls[i]);
        }

        foreach (Kernel leaf in _kernels.Where(k => k.IsLeaf))
            CallByCommonName(leaf, kernels, stands, names);
        return new KernelSet(kernels, stands);
    }

    /// <summary>A kernel that does the same work for several is called what their names have in common.</summary>
    private void CallByCommonName(Kernel leaf, List<Kernel> kernels, Dictionary<Kernel, SizedCall> stands, HashSet<string> names)
    {
        SizedCall call = stands.TryGetValue(leaf, out SizedCall? stand) ? stand : new SizedCall(leaf, Array.Empty<int>());
        string common = SizedKernels.CommonName(_wanted[leaf]);
        int place = kernels.IndexOf(call.Kernel);
        // One that stands for several has its name already.
        if (place < 0 || leaf.Name.StartsWith(common, StringComparison.Ordinal) || stands.Values.Count(s => s.Kernel == call.Kernel) > 1)
            return;
        names.Remove(leaf.Name);
        kernels[place] = call.Kernel.Called(Unique(common, names));
        stands[leaf] = call with { Kernel = kernels[place] };
    }

    /// <param name="forAnyWidth">Writes the same kernel for any width, where it can be.</param>
    /// <param name="locals">What a reader calls locals. Kernels that differ in nothing else are one.</param>
    public Kernel Add(
        string name, string summary, IReadOnlyList<Reference> references, IReadOnlyList<string> numbers, IReadOnlyList<Statement> body, Func<Remainders, IReadOnlyList<Statement>>? forAnyWidth = null,
        IReadOnlyDictionary<string, string>? locals = null)
    {
        string text = TextOf(references, numbers, body, _ => null);
        if (_byText.TryGetValue(text, out Kernel? known))
        {
            _wanted[known].Add(name);
            return known;
        }

        Kernel kernel = new(Unique(name, _names), summary, references, numbers, body, isLeaf: true)
        {
            ForAnyWidth = forAnyWidth,
            Locals = locals is null ? Kernel.NoNames : LocalNames.Of(references, numbers, body, locals),
        };
        _byText[text] = kernel;
        _wanted[kernel] = new List<string> { name };
        _kernels.Add(kernel);
        return kernel;
    }

    /// <summary>A driver: never shared, calls the kernels before it.</summary>
    public Kernel AddDriver(string name, string summary, IReadOnlyList<Reference> references, IReadOnlyList<string> numbers, IReadOnlyList<Statement> body, bool isStep = false)
    {
        Kernel kernel = new(Unique(name, _names), summary, references, numbers, body, isLeaf: false) { IsStep = isStep };
        _kernels.Add(kernel);
        return kernel;
    }

    /// <summary>Text that kernels have in common if they do the same work, whatever they call their references.</summary>
    public static string TextOf(IReadOnlyList<Reference> references, IReadOnlyList<string> numbers, IReadOnlyList<Statement> body, Func<Index, Index?> index) =>
        string.Join(",", references.Select(r => r.Element)) + ";" + string.Join(",", numbers) + "\n" + KernelDump.Write(KernelMap.Numbered(references, index).Apply(body));

    private static string Unique(string name, HashSet<string> names)
    {
        string unique = name;
        for (int i = 2; !names.Add(unique); i++)
            unique = name + "_" + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}

/// <summary>What a kernel call is given for a reference: a site in the arena, or a panel of weights.</summary>
public sealed record Argument(Site? Site, PlacedPanel? Panel);

/// <summary>A kernel with its arguments, at a step that the driver says.</summary>
public sealed record KernelCall(Kernel Kernel, IReadOnlyList<Argument> Arguments)
{
    /// <summary>What it reads and writes in the arena and at the caller.</summary>
    internal TouchedSites Touched => new(Arguments.Where(a => a.Site is not null).Select(a => a.Site!).ToList(), IsLaneByLane);

    /// <summary>Whether each vector that it writes depends on the same lanes alone of what it still reads then: what was read before its first result does not matter.</summary>
    public bool IsLaneByLane { get; init; }
}

/// <summary>A kernel before it is in a library.</summary>
internal sealed record KernelText(KernelScope Scope, IReadOnlyList<string> Numbers, IReadOnlyList<Statement> Body);

/// <summary>Collects a kernel's parameters while its body is built.</summary>
internal sealed class KernelScope
{
    private readonly List<(string Name, Argument Argument)> _references = new();
    private readonly Dictionary<string, List<int>> _sizes = new();
    private readonly Dictionary<string, string> _locals = new();
    private readonly ElementType _element;

    /// <param name="element">What the arena and the caller's spans hold; a panel says itself what it holds.</param>
    public KernelScope(ElementType element) => _element = element;

    public IReadOnlyList<Reference> References => _references.Select(r => new Reference(r.Name, r.Argument.Panel?.Panel.Element ?? _element)).ToList();

    public IReadOnlyList<Argument> Arguments => _references.Select(r => r.Argument).ToList();

    /// <summary>What a reader calls locals.</summary>
    public IReadOnlyDictionary<string, string> Locals => _locals;

    /// <summary>Says what a reader calls a local.</summary>
    public void Show(string local, string name) => _locals[local] = name;

    /// <summary>The parameter for a site; one a site.</summary>
    public string Reference(Site site, string name) => Add(new Argument(site, null), name);

    public string Reference(PlacedPanel panel, string name) => Add(new Argument(null, panel), name);

    /// <summary>A size of the kernel, by what it is and in the order in which they come: equal ones are one, so that kernels of other widths have as many.</summary>
    public Index Size(string name, int value)
    {
        List<int> values = _sizes.TryGetValue(name, out List<int>? known) ? known : _sizes[name] = new List<int>();
        if (!values.Contains(value))
            values.Add(value);
        return Index.Size(Names.Of(name, values.IndexOf(value) + 1), value);
    }

    private string Add(Argument argument, string name)
    {
        foreach ((string known, Argument other) in _references)
        {
            if (other == argument)
                return known;
        }

        string unique = name;
        for (int i = 2; _references.Any(r => r.Name == unique); i++)
            unique = name + i.ToString(CultureInfo.InvariantCulture);
        _references.Add((unique, argument));
        return unique;
    }
}
