using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>A PyTorch network as its file has it: weights with names, and of a whole module the classes too. What a program does with them is in no file.</summary>
internal sealed class TorchSource : INetworkSource
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<StoredTensor>> _weights;
    private readonly IReadOnlyList<TorchModule> _modules;
    private readonly string? _guess;

    private TorchSource(string origin, IReadOnlyDictionary<string, IReadOnlyList<StoredTensor>> weights, IReadOnlyList<TorchModule> modules, string? guess, IReadOnlyList<string> aside)
    {
        Origin = origin;
        Aside = aside;
        _weights = weights;
        _modules = modules;
        _guess = guess;
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aside { get; }

    private bool IsDouble => _modules.SelectMany(m => TensorsOf(m)).All(t => t.Type == NumberType.Float64);

    /// <summary>Whether a safetensors file holds weights in PyTorch's names.</summary>
    public static bool IsTheirs(SafetensorsFile file) => file.Metadata.Count == 0 && file.Tensors.Count > 0 && TorchLayers.AreTheirs(file.Tensors.Select(t => t.Name));

    /// <summary>Opens a file of <c>torch.save</c>, or weights as safetensors.</summary>
    /// <param name="data">The file.</param>
    /// <param name="layers">The modules as a person writes them; null to find or guess them.</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds what is not read.</exception>
    /// <exception cref="ForeignModelException">The modules are not in the file, or are none of Gen's.</exception>
    public static TorchSource Open(ReadOnlyMemory<byte> data, string? layers)
    {
        bool isSorted = SafetensorsFile.IsOne(data.Span);
        TorchContent content = isSorted ? new TorchContent(SafetensorsFile.Open(data).Tensors, [], null) : ContentOf(data);
        int prefix = content.Module is null ? PrefixOf(content.Tensors) : 0;
        var weights = content.Tensors.GroupBy(t => TorchLayers.ModuleOf(t.Name[prefix..]))
            .ToDictionary(g => g.Key, IReadOnlyList<StoredTensor> (g) => [.. g], StringComparer.Ordinal);
        List<TorchModule> found = [.. content.Module is { } root
            ? TorchModuleTree.Read(root).Select(m => m with { Shapes = ShapesOf(weights.GetValueOrDefault(m.Name)) })
            : content.Tensors.Select(t => TorchLayers.ModuleOf(t.Name[prefix..])).Distinct(StringComparer.Ordinal).Select(name => new TorchModule(name, "") { Shapes = ShapesOf(weights[name]) })];
        List<string> aside = [.. content.Beside.Select(Describe)];
        IReadOnlyList<TorchModule> modules;
        string? guess = null;
        if (layers is not null)
        {
            modules = TorchGuess.Classified([.. TorchText.Parse(layers).Select(m => Named(m, weights))]);
            if (modules.Where(m => m.Name.Length > 0).GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new ForeignModelException($"--layers calls '{twice.Key}' twice: shared weights");
            aside.AddRange(found.Where(m => m.Shapes.Count > 0 && modules.All(n => n.Name != m.Name)).Select(m => $"the module '{m.Name}', which --layers does not name"));
        }
        else
        {
            aside.AddRange(found.Where(m => TorchModuleTree.IsLoss(m.Class)).Select(m => $"the loss '{m.Name}' ({m.Class})"));
            modules = TorchGuess.Classified([.. found.Where(m => !TorchModuleTree.IsLoss(m.Class))]);
            modules = TorchGuess.Called(isSorted ? TorchOrder.Of(modules) : modules);
            guess = (content.Module is null
                ? "what the modules are is guessed from names and shapes, and what the program does with them is in no file"
                : "the modules are in the file, what the program does with them is in none") + $"; taken for --layers \"{TorchGuess.Text(modules)}\"";
        }

        string origin = content.Module is not null ? "PyTorch, a module of the class " + ((content.Module.What as PickleName)?.Text ?? "(none)") : "PyTorch, " + (isSorted ? "weights as safetensors" : "a state_dict");
        return new TorchSource(origin, weights, modules, guess, aside);
    }

    /// <inheritdoc/>
    public ImportedModel Declare(ImportRequest request)
    {
        ImportedModel model = TorchChain.Read(_modules, request with { IsDouble = request.IsDouble || IsDouble });
        List<string> notes = [.. model.Notes];
        if (_guess is not null)
            notes.Insert(0, _guess);
        if (_modules.SelectMany(m => TensorsOf(m)).Select(t => t.Type).FirstOrDefault(t => t is NumberType.Float16 or NumberType.BFloat16, NumberType.Float32) is not NumberType.Float32 and var narrow)
            notes.Add($"weights of the type {narrow} are widened, and computed with in float32");
        return model with { Notes = notes };
    }

    /// <inheritdoc/>
    public void Fill(ModelInfo info, Span<double> parameters) =>
        ForeignWeights.Read<double>([.. _modules.SelectMany(TensorsOf)], isSorted: false, info, parameters);

    private IReadOnlyList<StoredTensor> TensorsOf(TorchModule module) => module.Name.Length > 0 || module.Shapes.Count > 0 ? _weights.GetValueOrDefault(module.Name) ?? [] : [];

    private static TorchModule Named(TorchModule module, Dictionary<string, IReadOnlyList<StoredTensor>> weights)
    {
        // The dictionary of a bare nn.LSTM has names without a module.
        if (module.Name.Length == 0 && !TorchModuleTree.NeedsWeights(module.Class))
            return module;
        if (weights.TryGetValue(module.Name, out IReadOnlyList<StoredTensor>? own))
            return module with { Shapes = ShapesOf(own) };
        // (1): ReLU() of print(model) has a name and no weights.
        return module.Class.Length > 0 && !TorchModuleTree.NeedsWeights(module.Class)
            ? module
            : throw new ForeignModelException($"the file has no weights called '{module.Name}'; it has {string.Join(", ", weights.Keys.Take(12).Select(k => "'" + k + "'"))}{(weights.Count > 12 ? ", ..." : "")}");
    }

    private static TorchContent ContentOf(ReadOnlyMemory<byte> data)
    {
        TorchArchive archive = TorchArchive.Open(data);
        TorchCalls.Refuse(archive.Root);
        return TorchWeights.Open(archive, data.Length);
    }

    private static Dictionary<string, IReadOnlyList<long>> ShapesOf(IReadOnlyList<StoredTensor>? tensors) =>
        (tensors ?? []).ToDictionary(t => TorchLayers.LastOf(t.Name), IReadOnlyList<long> (t) => t.Shape, StringComparer.Ordinal);

    /// <summary>The length of what all names begin with that DataParallel (<c>module.</c>), Lightning and torch.compile write in front of them.</summary>
    private static int PrefixOf(IReadOnlyList<StoredTensor> tensors)
    {
        int length = 0;
        while (new[] { "module.", "model.", "_orig_mod." }.FirstOrDefault(p => tensors.All(t => t.Name.AsSpan(length).StartsWith(p, StringComparison.Ordinal))) is { } prefix)
        {
            // A network that is one module called so.
            if (tensors.All(t => !t.Name.AsSpan(length + prefix.Length).Contains('.')))
                break;
            length += prefix.Length;
        }

        return length;
    }

    private static string Describe(KeyValuePair<string, object?> beside) => $"'{beside.Key}'" + beside.Value switch
    {
        PickleRecord { What: PickleName name } => $" ({name.Text})",
        string text => $" ('{ForeignText.Quote(text)}')",
        long or double or bool => FormattableString.Invariant($" ({beside.Value})"),
        _ => "",
    };
}
