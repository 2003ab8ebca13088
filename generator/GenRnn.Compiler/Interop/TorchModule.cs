using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Interop;

/// <summary>A module of a PyTorch network: what its file or its user says of it.</summary>
/// <param name="Name">Its path in the network (<c>head.0</c>); empty where it has none, and so no weights.</param>
/// <param name="Class">Its class without packages (<c>LSTM</c>); empty where nobody says it, and its weights must.</param>
public sealed record TorchModule(string Name, string Class)
{
    /// <summary>What its constructor was given, under PyTorch's names; those of places have the names 0, 1, ….</summary>
    public IReadOnlyList<KeyValuePair<string, KerasValue>> Arguments { get; init; } = new KeyValuePair<string, KerasValue>[0];

    /// <summary>Its weights' shapes by their names in the module (<c>weight_ih_l0</c>); empty for a module without weights.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>What it is called in a message.</summary>
    internal string Title => Name.Length > 0 ? "'" + Name + "'" : Class;

    /// <summary>As it is written after <c>--layers</c>: <c>rnn: LSTM(num_layers=2)</c>.</summary>
    public override string ToString()
    {
        string arguments = string.Join(", ", Arguments.Select(a => char.IsDigit(a.Key[0]) ? a.Value.ToString() : a.Key + "=" + a.Value));
        return (Name.Length > 0 ? Name + ": " : "") + Class + (arguments.Length > 0 ? "(" + arguments + ")" : "");
    }
}
