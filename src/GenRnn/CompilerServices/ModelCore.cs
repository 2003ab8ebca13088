using System;
using System.Buffers;
using System.ComponentModel;
using System.IO;
using System.Numerics;
using System.Threading;

namespace GenRnn.CompilerServices;

/// <summary>
/// What every model owns: the dense parameters, the panels packed from them, and a few arenas for inference. Whatever
/// writes parameters repacks the panels before it returns.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelCore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ModelInfo _info;
    private readonly PanelPack<T> _pack;
    private readonly ArenaPool<T> _arenas;

    // Of one set of weights. Whoever needs both takes them under the lock; inference reads the panels alone, once a call.
    private readonly Lock _swap = new();
    private AlignedBuffer<T> _parameters;
    private AlignedBuffer<T> _panels;

    /// <summary>Allocates a model whose parameters are zeros.</summary>
    /// <param name="info">The model.</param>
    /// <param name="panelLength">Values of all panels.</param>
    /// <param name="predictArenaLength">Values of an inference arena.</param>
    /// <param name="pack">Writes the panels from the parameters.</param>
    public ModelCore(ModelInfo info, int panelLength, int predictArenaLength, PanelPack<T> pack)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(pack);
        _info = info;
        _parameters = new AlignedBuffer<T>(info.ParameterCount);
        _panels = new AlignedBuffer<T>(panelLength);
        _arenas = new ArenaPool<T>(predictArenaLength);
        _pack = pack;
    }

    /// <summary>All parameters, dense, in Keras' order and layout; on a 64-byte boundary. A span taken before a <see cref="LoadFrom(string)"/> keeps the weights of then.</summary>
    public ReadOnlySpan<T> Parameters => _parameters.Span;

    /// <summary>The first value of the packed panels, on a 64-byte boundary. What is reached from it is not checked. A call reads it once and so computes with one set of weights.</summary>
    public ref T Panels => ref _panels.Origin;

    /// <summary>What the training data were scaled by.</summary>
    public Scaling? Scaling { get; set; }

    /// <summary>Starts every variable as its initialiser says.</summary>
    /// <param name="seed">Models of one architecture and one seed are equal, on any machine.</param>
    public void Initialize(int seed)
    {
        for (int i = 0; i < _info.Variables.Count; i++)
        {
            VariableInfo variable = _info.Variables[i];
            WeightInitializer.Fill(
                variable.Initializer, variable.Shape, new RandomStream(seed, i), _parameters.Span.Slice(variable.Offset, variable.Length));
        }

        Pack();
    }

    /// <summary>Lets <paramref name="update"/> write the parameters. If it throws, what it wrote until then stays, and the panels agree with it.</summary>
    public void UpdateParameters<TArg>(TArg arg, SpanAction<T, TArg> update)
    {
        ArgumentNullException.ThrowIfNull(update);
        AlignedBuffer<T> parameters, panels;
        lock (_swap)
            (parameters, panels) = (_parameters, _panels);
        try
        {
            update(parameters.Span, arg);
        }
        finally
        {
            _pack(parameters.Span, panels.Span);
        }
    }

    /// <summary>Copies of the weights, one array a variable, in Keras' order and layout.</summary>
    public T[][] GetWeights()
    {
        var weights = new T[_info.Variables.Count][];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Parameters.Slice(_info.Variables[i].Offset, _info.Variables[i].Length).ToArray();
        return weights;
    }

    /// <summary>Replaces all weights.</summary>
    /// <exception cref="ArgumentException">A count or a length does not match; nothing was changed.</exception>
    public void SetWeights(ReadOnlySpan<T[]> weights)
    {
        if (weights.Length != _info.Variables.Count)
            throw new ArgumentException($"Found {weights.Length} arrays; the model '{_info.Name}' has {_info.Variables.Count} variables.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            VariableInfo variable = _info.Variables[i];
            if (weights[i] is null || weights[i].Length != variable.Length)
            {
                throw new ArgumentException(
                    $"Found {(weights[i] is null ? "null" : $"{weights[i].Length} values")} for '{variable.Path}'; expected {variable.Length}, the shape [{string.Join(", ", variable.Shape)}].",
                    nameof(weights));
            }
        }

        for (int i = 0; i < weights.Length; i++)
            weights[i].CopyTo(_parameters.Span[_info.Variables[i].Offset..]);
        Pack();
    }

    /// <summary>Writes the weights to a safetensors file, which is replaced as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written, its folder does not exist; the message names the path.</exception>
    public void Save(string path) => WeightFile.Save(path, _info, Parameters, Scaling);

    /// <summary>Writes the weights as a safetensors file to a stream, from its position on.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WeightWriter.Write(stream, _info, Parameters, Scaling);
    }

    /// <summary>Reads the weights of a model that nobody uses yet, in place of <see cref="Initialize"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another model.</exception>
    public void Load(string path)
    {
        Scaling = WeightFile.Load(path, _info, _parameters.Span);
        Pack();
    }

    /// <inheritdoc cref="Load(string)"/>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Scaling = WeightReader.Read(new StreamSource(stream, mayGoOn: true), _info, _parameters.Span);
        Pack();
    }

    /// <inheritdoc cref="Load(string)"/>
    public void Load(ReadOnlySpan<byte> file)
    {
        Scaling = WeightReader.Read(new SpanSource(file), _info, _parameters.Span);
        Pack();
    }

    /// <summary>
    /// Replaces all weights by those of a safetensors file, between calls: inference that runs meanwhile ends with the weights it began with.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another model; nothing was changed.</exception>
    public void LoadFrom(string path)
    {
        var parameters = new AlignedBuffer<T>(_info.ParameterCount);
        Swap(parameters, WeightFile.Load(path, _info, parameters.Span));
    }

    /// <inheritdoc cref="LoadFrom(string)"/>
    public void LoadFrom(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var parameters = new AlignedBuffer<T>(_info.ParameterCount);
        Swap(parameters, WeightReader.Read(new StreamSource(stream, mayGoOn: true), _info, parameters.Span));
    }

    /// <inheritdoc cref="LoadFrom(string)"/>
    public void LoadFrom(ReadOnlySpan<byte> file)
    {
        var parameters = new AlignedBuffer<T>(_info.ParameterCount);
        Swap(parameters, WeightReader.Read(new SpanSource(file), _info, parameters.Span));
    }

    /// <summary>An arena for one inference call. Give it back with <see cref="ReturnArena"/>.</summary>
    /// <remarks>They are kept: once as many calls overlapped as ever will, nothing is allocated any more.</remarks>
    public AlignedBuffer<T> RentArena() => _arenas.Rent();

    /// <summary>Takes an arena back.</summary>
    public void ReturnArena(AlignedBuffer<T> arena) => _arenas.Return(arena);

    /// <summary>Memory of its own, packed before anyone sees it: the old one is whoever's who still reads it.</summary>
    private void Swap(AlignedBuffer<T> parameters, Scaling? scaling)
    {
        var panels = new AlignedBuffer<T>(_panels.Length);
        _pack(parameters.Span, panels.Span);
        lock (_swap)
        {
            _parameters = parameters;
            Scaling = scaling;
            Volatile.Write(ref _panels, panels);
        }
    }

    private void Pack() => _pack(Parameters, _panels.Span);
}
