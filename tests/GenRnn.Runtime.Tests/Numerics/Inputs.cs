using System;
using System.Collections.Generic;

namespace GenRnn.Runtime.Tests;

/// <summary>Arguments from the whole range of a type: every exponent, both signs, zeros, infinities and NaN. Lengths are multiples of 16.</summary>
internal static class Inputs
{
    public static float[] Singles(int perExponent)
    {
        var random = new Random(20260);
        var inputs = new List<float>
        {
            0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue,
            float.Epsilon, -float.Epsilon, 1.17549435e-38f, 88.722839f, 88.7228394f, 89f, -87.33654f, -103.97208f, -104f, 7.9053111f, 0.5f,
        };
        for (uint exponent = 0; exponent < 255; exponent++)
        {
            for (int i = 0; i < perExponent; i++)
            {
                float value = BitConverter.UInt32BitsToSingle((exponent << 23) | (uint)random.Next(1 << 23));
                inputs.Add(value);
                inputs.Add(-value);
            }
        }

        while (inputs.Count % 16 != 0)
            inputs.Add(0.25f);
        return inputs.ToArray();
    }

    /// <summary>Evenly spread floats: most exponents lie where a function is flat, these where it is not.</summary>
    public static float[] SinglesBetween(float low, float high, int count)
    {
        var inputs = new float[count];
        for (int i = 0; i < count; i++)
            inputs[i] = (float)(low + (high - (double)low) * i / (count - 1));
        return inputs;
    }

    public static double[] Doubles(int perExponent)
    {
        var random = new Random(20261);
        var inputs = new List<double>
        {
            0d, -0d, 1d, -1d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue,
            double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, 709.78271289338397, 710, -708.4, -745.13, -746, 19.1, 0.625, 0.84375, 1.25,
        };
        for (ulong exponent = 0; exponent < 2047; exponent++)
        {
            for (int i = 0; i < perExponent; i++)
            {
                double value = BitConverter.UInt64BitsToDouble((exponent << 52) | (ulong)random.NextInt64(1L << 52));
                inputs.Add(value);
                inputs.Add(-value);
            }
        }

        while (inputs.Count % 16 != 0)
            inputs.Add(0.25);
        return inputs.ToArray();
    }
}
