using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GenRnn.CompilerServices;

namespace GenRnn.Fingerprint.Hostile;

/// <summary>
/// Arguments for calls that no sane program makes: sizes that are off by one, negative or huge, memory of other models, nulls; and enough right ones among
/// them that calls get past the first check. What calls give back is used for others.
/// </summary>
public sealed class HostileValues
{
    private const int PoolLimit = 300;

    private readonly Random _random;
    private readonly GuardedMemory _memory;
    private readonly List<object> _pool = [];
    private ModelInfo? _info;
    private ModelState<float>? _state;
    private string _member = "";
    private int _rows;

    // Half of all calls are right in most that is asked: only they get behind the checks.
    private bool _isPolite;

    // What the call at hand and the one before it were about.
    private bool _follows;
    private List<object> _used = [], _before = [];

    /// <param name="seed">Where all choices come from.</param>
    /// <param name="models">Models to begin with, with memory of each.</param>
    public HostileValues(int seed, IEnumerable<object> models)
    {
        _random = new Random(seed);
        _memory = new GuardedMemory(_random);
        foreach (object model in models)
        {
            _pool.Add(model);
            if (model is not IModel<float> passes)
                continue;
            ModelInfo info = passes.Info;
            _pool.AddRange([info, passes.CreateWorkspace(), passes.CreateState(1), passes.CreateState(info.Batch), new ForeignWorkspace(info), new ForeignState(info)]);
            _pool.AddRange(info.Inputs.Concat(info.Outputs));
            _pool.AddRange(info.Variables);
        }
    }

    /// <summary>A new call: its spans lie in fresh memory.</summary>
    /// <param name="follows">Whether it goes on with what the last call was about: the same objects, as many rows, and right in most that is asked.</param>
    public void Begin(bool follows)
    {
        _memory.Begin();
        _info = null;
        _state = null;
        _follows = follows;
        _isPolite = follows || _random.Next(2) == 0;
        (_before, _used) = (follows ? _used : [], []);
    }

    /// <summary>The first byte beside all spans of the call that was written, or -1.</summary>
    public int FindStray() => _memory.FindStray();

    /// <summary>What the call is made on; null if there is none.</summary>
    public object? Target(Type type, string member)
    {
        object? target = Pick(type);
        _member = member;
        _state = target as ModelState<float>;
        _info = target switch
        {
            IModel<float> model => model.Info,
            ModelState<float> state => state.Info,
            ModelWorkspace<float> workspace => workspace.Info,
            OptimizerState<float> optimizer => optimizer.Info,
            ModelInfo info => info,
            _ => null,
        };
        int batch = _info?.Batch ?? 3;
        if (!_follows)
            _rows = _isPolite ? Choose(1, batch, batch) : Choose(1, 2, batch, batch, batch, batch + 1, 2 * batch + 1);
        return target;
    }

    /// <summary>Keeps what a call gave for calls after it.</summary>
    public void Keep(object? value)
    {
        if (value is null or string || value.GetType().IsPrimitive)
            return;
        if (_pool.Count < PoolLimit)
            _pool.Add(value);
        else if (_pool[_random.Next(_pool.Count)] is { } old && old is not IModel<float>)
            _pool[_pool.IndexOf(old)] = value;
    }

    /// <summary>A span in guarded memory, as long as its name says, or not.</summary>
    public Span<T> Span<T>(string name)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && !_isPolite && _random.Next(6) == 0 && OwnMemory() is { Length: > 0 } own)
            return System.Runtime.InteropServices.MemoryMarshal.Cast<float, T>(own[..Math.Min(own.Length, Length(name))]);
        return _memory.Take<T>(Length(name), isWritable: true);
    }

    /// <summary>A span to read.</summary>
    public ReadOnlySpan<T> ReadOnlySpan<T>(string name)
        where T : unmanaged => _memory.Take<T>(Length(name), isWritable: false);

    /// <summary>Spans of references have no place in guarded memory.</summary>
    public T[][] Arrays<T>() => _info is { } info && _random.Next(3) > 0
        ? [.. info.Variables.Select(v => _random.Next(40) == 0 ? null! : new T[v.Length])]
        : new T[_random.Next(4)][];

    /// <summary>Targets and predictions of some output.</summary>
    public PredictionBatch<float> Batch()
    {
        int positions = Choose(1, 2, 5), features = Choose(1, 2, 3);
        return new PredictionBatch<float>(
            ReadOnlySpan<float>("")[..(positions * Choose(1, features))], _memory.Take<float>(positions * features, false), positions, default,
            _memory.Take<float>(positions * features + PredictionBatch<float>.ScratchPadding, true));
    }

    /// <summary>Any other argument.</summary>
    public T Get<T>(string name) => (T)Make(typeof(T), name)!;

    /// <summary>Any other argument that a call may write.</summary>
    public ref T Ref<T>(string name)
    {
        T[] place = [Get<T>(name)];
        return ref place[0];
    }

    private object? Make(Type type, string name)
    {
        if (!type.IsValueType && !_isPolite && _random.Next(12) == 0)
            return null;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return _random.Next(2) == 0 ? null : Make(inner, name);
        if (type.IsEnum)
            return Enum.ToObject(type, _random.Next(-1, 12));
        if (type == typeof(int))
            return Integer(name);
        if (type == typeof(long))
            return (long)Integer(name) * Choose(1, 1, int.MaxValue);
        if (type == typeof(float))
            return (float)Number();
        if (type == typeof(double))
            return Number();
        if (type == typeof(bool))
            return _random.Next(2) == 0;
        if (type == typeof(string))
            return _state is { Slots.Length: > 0 } state && _isPolite ? state.Slots[_random.Next(state.Slots.Length)].Name : Choose("", "a.safetensors", "b.safetensors", "none/c", "h", "simple_rnn.h", "lstm.c", "momentum", "\0", "loss");
        if (type == typeof(Type))
            return Choose(typeof(float), typeof(string));
        if (type == typeof(float[]))
            return new float[Length(name)];
        if (type == typeof(int[]))
            return Enumerable.Range(0, _random.Next(4)).Select(_ => Integer(name)).ToArray();
        if (type == typeof(ReadOnlyMemory<float>))
            return new ReadOnlyMemory<float>(new float[_random.Next(3) == 0 ? 0 : Length(name)]);
        if (type == typeof(ReadOnlyMemory<int>))
            return new ReadOnlyMemory<int>([.. Enumerable.Range(0, _rows).Select(_ => _random.Next(-1, 6))]);
        if (type == typeof(IEnumerable<ReadOnlyMemory<float>>))
            return Enumerable.Range(0, _random.Next(3)).Select(_ => new ReadOnlyMemory<float>(new float[Length(name)])).ToArray();
        if (type == typeof(SpanAction<float, int>))
            return (SpanAction<float, int>)Update;
        if (type == typeof(FitOptions))
            return Options();
        if (type == typeof(IReadOnlyList<Metric>))
            return Choose<Metric[]>([], [Metric.MeanAbsoluteError]);
        if (type == typeof(Stream))
            return Stream();
        if (type == typeof(CancellationToken))
            return new CancellationToken(_random.Next(20) == 0);
        return Pick(type) ?? (type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0) : type.IsValueType ? Activator.CreateInstance(type) : null);
    }

    /// <summary>A file of weights that fits or not, whole or cut; or nothing.</summary>
    private MemoryStream Stream()
    {
        var stream = new MemoryStream();
        if (_random.Next(4) > 0 && Pick(typeof(IModel<float>)) is IModel<float> model)
            model.Save(stream);
        if (!_isPolite)
            stream.SetLength(_random.Next((int)stream.Length + 1));
        stream.Position = _isPolite ? 0 : _random.Next((int)stream.Length + 1);
        return stream;
    }

    private FitOptions Options() => new()
    {
        Optimizer = (Optimizer)Make(typeof(Optimizer), "")!,
        Loss = (Loss)Make(typeof(Loss), "")!,
        Metrics = Pick(typeof(Metric)) is Metric metric ? [metric] : [],
        Validation = _random.Next(3) == 0 ? (DataSet?)Pick(typeof(DataSet)) : null,
        Epochs = Choose(1, 1, 2, 0, -1),
        BatchSize = _random.Next(2) == 0 ? null : Choose(1, 2, 3, int.MaxValue, -1),
        Shuffle = _random.Next(2) == 0,
        Seed = Integer(""),
        Threads = Choose(1, 1, 2, 0, int.MinValue),
        Verbose = (Verbosity)_random.Next(-1, 4),
        Output = TextWriter.Null,
        MultiplyAddsPerThread = 0,
    };

    private void Update(Span<float> parameters, int argument)
    {
        int choice = _random.Next(4);
        if (choice == 0)
            parameters.Fill(float.NaN);
        else if (choice == 1)
            throw new TimeoutException();
        else if (choice == 2 && Pick(typeof(IModel<float>)) is IModel<float> model)
            model.Predict(parameters[..Math.Min(parameters.Length, model.Info.InputLength)], parameters[..Math.Min(parameters.Length, model.Info.OutputLength)]);
    }

    // Memory that a pass itself uses.
    private Span<float> OwnMemory() => Pick(_random.Next(2) == 0 ? typeof(ModelWorkspace<float>) : typeof(ModelState<float>)) switch
    {
        ModelWorkspace<float> workspace => _random.Next(2) == 0 ? workspace.Gradients : workspace.Arena.Span,
        ModelState<float> state => state.Arena.Span,
        _ => default,
    };

    /// <summary>Something of the type from what there is; of the target's own model where that can be told.</summary>
    private object? Pick(Type type)
    {
        object? picked = _before.Find(type.IsInstanceOfType) ?? PickAny(type);
        if (picked is not null)
            _used.Add(picked);
        return picked;
    }

    private object? PickAny(Type type)
    {
        List<object> fitting = _pool.FindAll(type.IsInstanceOfType);
        if (_info is { } info && _random.Next(4) > 0)
        {
            List<object> own = fitting.FindAll(o => o is ModelWorkspace<float> w && w.Info == info && !(_isPolite && w is ForeignWorkspace)
                || o is ModelState<float> s && s.Info == info && !(_isPolite && (s is ForeignState || (s.Rows != _rows && _info?.Batch != 1))));
            if (own.Count > 0)
                fitting = own;
        }

        return fitting.Count == 0 ? null : fitting[_random.Next(fitting.Count)];
    }

    private int Length(string name)
    {
        if (_info is not { } info)
            return Choose(0, 1, 2, 3, 7, 16, 17, _random.Next(200));
        if (_isPolite)
            return RightLength(info, name);
        int length = (_random.Next(10) == 0 ? "" : name) switch
        {
            "parameters" or "gradients" => info.ParameterCount,
            "destination" or "source" => _random.Next(400),
            "lengths" => _rows,
            "values" => _rows * _random.Next(1, 20),
            _ when name.Contains("output", StringComparison.OrdinalIgnoreCase) => _rows * Each(info.Outputs, info.OutputLength),
            _ => _rows * Each(info.Inputs, info.InputLength),
        };
        return Math.Max(0, length + Choose(0, 0, 0, 0, 0, 0, -1, 1));
    }

    /// <summary>What a member wants under this name: a packed buffer, one tensor or its gradient, or a step of it.</summary>
    private int RightLength(ModelInfo info, string name)
    {
        string tensor = name.Replace("Gradients", "s", StringComparison.Ordinal).Replace("Gradient", "", StringComparison.Ordinal);
        TensorInfo? one = info.Inputs.Concat(info.Outputs).FirstOrDefault(t => string.Equals(t.Name, tensor, StringComparison.OrdinalIgnoreCase));
        return tensor switch
        {
            "parameters" or "gradients" => info.ParameterCount,
            "lengths" => _rows,
            "destination" => _state?.ByteCount ?? 400,
            "values" => _state is { } state ? state.Rows * state.Slots.Sum(s => s.Length) / Math.Max(1, state.Slots.Length) : _random.Next(40),
            _ when one is not null => _rows * (_member == "Step" ? one.Features : one.Length),
            "inputs" => _rows * (_member == "Step" ? info.Inputs.Where(i => !i.IsLengths).Sum(i => i.Features) : info.InputLength),
            "outputs" => _rows * (_member == "Step" ? info.Outputs.Sum(o => o.Features) : info.OutputLength),
            _ => _random.Next(200),
        };
    }

    // Of the whole, of one tensor, or of one of its steps.
    private int Each(IReadOnlyList<TensorInfo> tensors, int whole)
    {
        TensorInfo one = tensors[_random.Next(tensors.Count)];
        return Choose(whole, whole, one.Length, one.Features);
    }

    private int Integer(string name) => name switch
    {
        "rows" when _isPolite => _rows,
        "first" or "part" when _isPolite => 0,
        "parts" when _isPolite => 1,
        "count" when _isPolite => _info?.Batch ?? 1,
        "rows" when _random.Next(3) > 0 => Choose(1, _info?.Batch ?? 1),
        "first" when _random.Next(3) > 0 => 0,
        "part" when _random.Next(3) > 0 => 0,
        "parts" when _random.Next(3) > 0 => 1,
        "count" when _random.Next(3) > 0 => _info?.Batch ?? 1,
        _ => Choose(0, 1, -1, 2, 3, 5, 15, 16, 17, 32, 100, 65_536, 1 << 30, int.MaxValue, int.MinValue, -16),
    };

    private double Number() => Choose(0, 1, -1, 0.5, 0.001, double.NaN, double.PositiveInfinity, -1e300, 1e-300);

    private T Choose<T>(params T[] values) => values[_random.Next(values.Length)];

    // They say that they are a model's, and have no memory.
    private sealed class ForeignWorkspace(ModelInfo info) : ModelWorkspace<float>(info, 0);

    private sealed class ForeignState(ModelInfo info) : ModelState<float>(info, info.Batch, new StateLayout { ArenaLength = 0 });
}
