using System.Collections.Generic;

namespace GenRnn;

/// <summary>The name of a class or function. Nothing is looked up, and nothing is ever called.</summary>
/// <param name="Text">Module and name: <c>torch.nn.modules.rnn.LSTM</c>.</param>
internal sealed record PickleName(string Text);

/// <summary>What an object or a call would have been: the parts that the pickle gives it, as plain values.</summary>
internal sealed class PickleRecord
{
    public PickleRecord(object? what, object?[] arguments, bool isObject)
    {
        What = what;
        Arguments = arguments;
        IsObject = isObject;
    }

    /// <summary>Its class or function, if it has a name.</summary>
    public object? What { get; }

    public object?[] Arguments { get; }

    /// <summary>An object of a class rather than the result of a call.</summary>
    public bool IsObject { get; }

    public object? State { get; set; }

    public List<object?>? Items { get; set; }
}

/// <summary>A dictionary whose keys are plain values, in the order of the file; a later value of a key wins.</summary>
internal sealed class PickleDictionary
{
    private Dictionary<object, int>? _places;
    private List<KeyValuePair<object?, object?>>? _pairs;

    public PickleDictionary(bool isOrdered) => IsOrdered = isOrdered;

    /// <summary>Whether it is an <c>OrderedDict</c>, which may carry a state besides.</summary>
    public bool IsOrdered { get; }

    public IReadOnlyList<KeyValuePair<object?, object?>> Pairs => _pairs ?? [];

    public void Put(object? key, object? value)
    {
        // An empty dictionary costs nothing: a pickle may hold very many.
        _places ??= [];
        _pairs ??= [];
        if (_places.TryGetValue(key ?? s_none, out int place))
        {
            _pairs[place] = new(key, value);
            return;
        }

        _places.Add(key ?? s_none, _pairs.Count);
        _pairs.Add(new(key, value));
    }

    /// <summary>The value of a text; null if there is none.</summary>
    public object? this[string key] => _places is not null && _places.TryGetValue(key, out int place) ? _pairs![place].Value : null;

    private static readonly object s_none = new();
}

/// <summary>A storage: consecutive elements that tensors are views of.</summary>
internal sealed class TorchStorage
{
    public TorchStorage(string key, NumberType type, long count)
    {
        Key = key;
        Type = type;
        Count = count;
    }

    public string Key { get; }

    public NumberType Type { get; }

    public long Count { get; }

    /// <summary>Its bytes; the old form puts them behind the object that names them.</summary>
    public System.ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>A view of a storage.</summary>
/// <param name="Storage">What it looks at.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">Elements from one index to the next, an axis each.</param>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Number of elements.</summary>
    public long Count
    {
        get { long n = 1; foreach (long d in Shape) n *= d; return n; }
    }
}
