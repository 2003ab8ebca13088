using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests.Numerics;

/// <summary>Every operation of 512-bit vectors has the bits of the portable ones, lane by lane, on any machine: without such units .NET computes them in halves.</summary>
public sealed class WideLanesTests
{
    [Fact]
    public void Floats_have_the_same_bits_in_both() => Compare<WideSingle, System.Runtime.Intrinsics.Vector512<float>, PortableSingle, Vector<float>, float>(20_261_130);

    [Fact]
    public void Doubles_have_the_same_bits_in_both() => Compare<WideDouble, System.Runtime.Intrinsics.Vector512<double>, PortableDouble, Vector<double>, double>(20_261_131);

    [Theory]
    [InlineData(null, true)]
    [InlineData(512, true)]
    [InlineData("512", true)]
    public void Wide_vectors_are_the_default_where_the_portable_ones_are_narrower(object? value, bool isWide) =>
        Assert.Equal(isWide && Vector<byte>.Count < 64, LaneChoice.Choose(value));

    [Fact]
    public void The_portable_width_can_be_chosen() => Assert.False(LaneChoice.Choose(Vector<byte>.Count * 8));

    [Theory]
    [InlineData(64)]
    [InlineData("wide")]
    [InlineData("")]
    public void Another_width_is_refused_by_name(object value)
    {
        var error = Assert.Throws<NotSupportedException>(() => LaneChoice.Choose(value));
        Assert.Contains("GenRnn.VectorBits is '" + value + "'; expected 512 or " + Vector<byte>.Count * 8, error.Message, StringComparison.Ordinal);
    }

    private static void Compare<TWide, TWideVector, TPortable, TPortableVector, T>(int seed)
        where TWide : struct, ILanes<TWideVector, T>
        where TWideVector : struct
        where TPortable : struct, ILanes<TPortableVector, T>
        where TPortableVector : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var wide = new Results<TWide, TWideVector, T>();
        var portable = new Results<TPortable, TPortableVector, T>();
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++)
        {
            T[] x = Values(random), y = Values(random), z = Values(random);
            Assert.Equal(wide.Of(x, y, z), portable.Of(x, y, z));
        }

        T[] Values(Random source)
        {
            T[] special = [T.Zero, T.NegativeZero, T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Epsilon, T.One, T.NegativeOne];
            var values = new T[16];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = source.Next(8) == 0
                    ? special[source.Next(special.Length)]
                    : T.CreateTruncating((source.NextDouble() - 0.5) * Math.Pow(10, source.Next(-12, 4)));
            }

            return values;
        }
    }

    /// <summary>What the operations of one kind of vector give on 16 elements, each as text of its bits.</summary>
    private sealed class Results<L, V, T>
        where L : struct, ILanes<V, T>
        where V : struct
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly AlignedBuffer<T> _key = new(16);

        public Dictionary<string, string> Of(T[] x, T[] y, T[] z)
        {
            _key.Span.Fill(T.CreateTruncating(0.3));
            var all = new Dictionary<string, List<string>>();
            for (int i = 0; i < 16; i += L.Count)
            {
                V a = Unsafe.As<T, V>(ref x[i]), b = Unsafe.As<T, V>(ref y[i]), c = Unsafe.As<T, V>(ref z[i]);
                Add("Add", L.Add(a, b));
                Add("Subtract", L.Subtract(a, b));
                Add("Multiply", L.Multiply(a, b));
                Add("Divide", L.Divide(a, b));
                Add("FusedMultiplyAdd", L.FusedMultiplyAdd(a, b, c));
                Add("Sqrt", L.Sqrt(a));
                Add("Less", L.Select(L.Less(a, b), a, c));
                Add("Greater", L.Select(L.Greater(a, b), a, c));
                Add("GreaterOrEqual", L.Select(L.GreaterOrEqual(a, b), a, c));
                Add("Equal", L.Select(L.Equal(a, b), a, c));
                Add("Clamp", L.MinNative(L.Splat(T.One), L.MaxNative(L.Splat(T.NegativeOne), a)));
                Add("And", L.And(a, b));
                Add("AndNot", L.AndNot(a, b));
                Add("Or", L.Or(a, b));
                Add("Xor", L.Xor(a, b));
                Add("AddBits", L.AddBits(a, L.SplatBits(1234567)));
                Add("ShiftLeftBits", L.ShiftLeftBits(a, 3));
                Add("ShiftRightBits", L.ShiftRightBits(a, 3));
                Add("Abs", L.Abs(a));
                Add("Negate", L.Negate(a));
                Add("Max", L.Max(a, b));
                Add("Exp", L.Exp(a));
                Add("Log", L.Log(a));
                Add("Log1p", L.Log1p(a));
                Add("Sigmoid", L.Sigmoid(a));
                Add("Tanh", L.Tanh(a));
                Add("Softplus", L.Softplus(a));
                Add("Erf", L.Erf(a));
                Add("Sigmoid of two", L.Sigmoid(a, b).X);
                Add("Sigmoid of two, second", L.Sigmoid(a, b).Y);
                Add("Tanh of two", L.Tanh(a, b).X);
                Add("Tanh of two, second", L.Tanh(a, b).Y);
                Add("Zero", L.Zero);
                Add("One", L.One);
                Add("Indices", L.Add(L.Indices, L.Splat(T.CreateTruncating(i))));
                Add("Keep", L.Keep(ref _key.Origin, new LaneIndex((uint)i + 5, true), new LaneIndex(7, false), 1 << 29, T.CreateTruncating(1.25)));
                Add("Keep of rows", L.Keep(ref _key.Origin, new LaneIndex(5, false), new LaneIndex((uint)i, true), 1 << 29, T.CreateTruncating(1.25)));
                Add("Normal", L.Normal(ref _key.Origin, new LaneIndex((uint)i + 5, true), new LaneIndex(7, false), T.CreateTruncating(0.5)));
                for (int j = i; j < i + L.Count; j++)
                {
                    // The element itself, not its neighbours.
                    V splat = L.SplatLane(ref x[0], j);
                    Add("SplatLane", splat, j - i, 1);
                }
            }

            return Joined(all);

            void Add(string name, V value, int from = 0, int? count = null)
            {
                if (!all.TryGetValue(name, out List<string>? list))
                    all.Add(name, list = []);
                Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<V>()];
                Unsafe.WriteUnaligned(ref bytes[0], value);
                int size = Unsafe.SizeOf<T>();
                for (int lane = from; lane < from + (count ?? L.Count); lane++)
                {
                    Span<byte> element = bytes.Slice(lane * size, size);
                    T number = Unsafe.ReadUnaligned<T>(ref element[0]);
                    // Sign and payload of a NaN are outside of the contract.
                    list.Add(T.IsNaN(number) ? "NaN" : Convert.ToHexString(element));
                }
            }
        }

        private static Dictionary<string, string> Joined(Dictionary<string, List<string>> all)
        {
            var joined = new Dictionary<string, string>();
            foreach ((string name, List<string> list) in all)
                joined.Add(name, string.Join(' ', list));
            return joined;
        }
    }
}
