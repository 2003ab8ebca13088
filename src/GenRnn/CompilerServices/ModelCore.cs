using System;
using System.Buffers;
using System.ComponentModel;
using System.Numerics;

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
    private readonly AlignedBuffer<T> _parameters;
    private readonly AlignedBuffer<T> _panels;
    private readonly PanelPack<T> _pack;
    private readonly ArenaPool<T> _arenas;

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

    /// <summary>All parameters, dense, in Keras' order and layout; on a 64-byte boundary.</summary>
    public ReadOnlySpan<T> Parameters => _parameters.Span;

    /// <summary>The first value of the packed panels, on a 64-byte boundary. What is reached from it is not checked.</summary>
    public ref T Panels => ref _panels.Origin;

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
        try
        {
            update(_parameters.Span, arg);
        }
        finally
        {
            Pack();
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
    public void Save(string path) => WeightFile.Save(path, _info, Parameters);

    /// <summary>Replaces all weights by those of a safetensors file.</summary>
    /// <exception cref="System.IO.InvalidDataException">The file is damaged or of another model; nothing was changed.</exception>
    public void LoadFrom(string path)
    {
        T[] parameters = WeightFile.Load<T>(path, _info);
        parameters.CopyTo(_parameters.Span);
        Pack();
    }

    /// <summary>An arena for one inference call. Give it back with <see cref="ReturnArena"/>.</summary>
    /// <remarks>They are kept: once as many calls overlapped as ever will, nothing is allocated any more.</remarks>
    public AlignedBuffer<T> RentArena() => _arenas.Rent();

    /// <summary>Takes an arena back.</summary>
    public void ReturnArena(AlignedBuffer<T> arena) => _arenas.Return(arena);

    private void Pack() => _pack(Parameters, _panels.Span);
}
