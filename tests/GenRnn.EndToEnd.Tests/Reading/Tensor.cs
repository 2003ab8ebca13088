using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GenRnn.EndToEnd.Tests.Reading;

/// <summary>A tensor of a golden file, row-major.</summary>
/// <param name="Shape">Its shape as the library has it.</param>
/// <param name="Values">Its values.</param>
/// <param name="Path">The variable's path, empty for data.</param>
/// <param name="IsTrainable">Whether a variable is trained.</param>
internal sealed record Tensor(int[] Shape, float[] Values, string Path = "", bool IsTrainable = true)
{
    public int Rank => Shape.Length;

    public static Tensor Parse(JsonElement json)
    {
        int[] shape = json.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
        byte[] bytes = json.GetProperty("f32").GetBytesFromBase64();
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Golden files are little-endian.");
        float[] values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        int length = shape.Aggregate(1, (a, b) => a * b);
        if (bytes.Length != 4 * length)
            throw new InvalidOperationException($"A tensor of shape [{string.Join(", ", shape)}] needs {4 * length} bytes; the file holds {bytes.Length}.");
        string path = json.TryGetProperty("path", out JsonElement p) ? p.GetString()! : "";
        bool trainable = !json.TryGetProperty("trainable", out JsonElement t) || t.GetBoolean();
        return new Tensor(shape, values, path, trainable);
    }

    /// <summary>Its values in another element type: exact.</summary>
    public T[] ValuesAs<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(Values, T.CreateChecked);

    /// <summary>Values as a file holds them: rounded once to float32.</summary>
    public static float[] Rounded<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(values.ToArray(), float.CreateTruncating);

    /// <summary>Swaps the first two axes: [rows, time, features] and [time, rows, features] into each other, a matrix into its transpose.</summary>
    public Tensor SwapFirstAxes()
    {
        int a = Shape[0], b = Shape[1], inner = Shape.Skip(2).Aggregate(1, (x, y) => x * y);
        var values = new float[Values.Length];
        for (int i = 0; i < a; i++)
        {
            for (int j = 0; j < b; j++)
                Values.AsSpan((i * b + j) * inner, inner).CopyTo(values.AsSpan((j * a + i) * inner));
        }

        int[] shape = (int[])Shape.Clone();
        (shape[0], shape[1]) = (b, a);
        return this with { Shape = shape, Values = values };
    }

    /// <summary>Entries [start, start + count) of the first axis.</summary>
    public Tensor Slice(int start, int count)
    {
        int inner = Values.Length / Shape[0];
        int[] shape = (int[])Shape.Clone();
        shape[0] = count;
        return this with { Shape = shape, Values = Values.AsSpan(start * inner, count * inner).ToArray() };
    }

    /// <summary>Entry <paramref name="index"/> of the first axis, without that axis.</summary>
    public Tensor At(int index) => Slice(index, 1) with { Shape = Shape[1..] };

    public static Tensor operator +(Tensor left, Tensor right) =>
        left with { Values = left.Values.Zip(right.Values, (a, b) => a + b).ToArray() };
}
