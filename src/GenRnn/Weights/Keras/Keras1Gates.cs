using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn;

/// <summary>Keras 1 stored each gate by itself (LSTM: i, c, f, o; GRU: z, r, h); later versions store them side by side (i, f, c, o; z, r, h).</summary>
internal static class Keras1Gates
{
    private static readonly string[] s_lstm = ["i", "f", "c", "o"];
    private static readonly string[] s_gru = ["z", "r", "h"];

    /// <summary>The weights as Keras 2 has them; unchanged where they are no single gates. A Bidirectional has forward's and then backward's.</summary>
    public static IReadOnlyList<StoredTensor> Joined(IReadOnlyList<StoredTensor> tensors)
    {
        string[]? gates = tensors.Any(t => RoleOf(t) == "U_f") ? s_lstm : tensors.Any(t => RoleOf(t) == "U_z") ? s_gru : null;
        if (gates is null)
            return tensors;
        int direction = 3 * gates.Length;
        if (tensors.Count % direction != 0)
            throw FileFault.Damaged($"{tensors.Count} weights of single gates; a direction has {direction}");
        var joined = new List<StoredTensor>();
        for (int first = 0; first < tensors.Count; first += direction)
        {
            List<StoredTensor> half = tensors.Skip(first).Take(direction).ToList();
            foreach (string part in new[] { "W", "U", "b" })
            {
                StoredTensor[] parts = Array.ConvertAll(gates, gate => half.SingleOrDefault(t => RoleOf(t) == part + "_" + gate)
                    ?? throw FileFault.Damaged($"the gate '{part}_{gate}' of {FileFault.Quote(tensors[first].Name)} is missing, or there twice"));
                joined.Add(new JoinedTensor(tensors[first].Name + ", " + part, parts));
            }
        }

        return joined;
    }

    /// <summary>What a weight is: <c>lstm_1_W_i:0</c> is <c>W_i</c>.</summary>
    private static string RoleOf(StoredTensor tensor)
    {
        string name = tensor.Name[(tensor.Name.LastIndexOf('/') + 1)..].Split(':')[0];
        return name.Length >= 3 ? name[^3..] : name;
    }
}
