using System;
using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>What a <see cref="OpCode.Random"/> draws, number by number: Threefry2x32-20 as the paper's pseudocode has it, on scalars.</summary>
internal static class RandomNumbers<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    private static readonly int[][] s_rotations = [[13, 15, 26, 6], [17, 29, 16, 24]];

    /// <param name="call">The training call; null in inference mode.</param>
    public static void Draw(Value value, TrainingCall? call, int row, int step, T[] y)
    {
        RandomSource source = value.Random;
        (uint, uint)? key = call is { } training ? KeyOf(source, training) : null;
        for (int lane = 0; lane < y.Length; lane++)
            y[lane] = At(source, key, (uint)(step * y.Length + lane), source.IsSharedByRows ? 0 : (uint)row);
    }

    /// <summary>The key of one mask in one training call.</summary>
    public static (uint First, uint Second) KeyOf(RandomSource source, TrainingCall call) => Threefry(
        ((uint)call.Seed, ((uint)source.Layer << 16) | (uint)source.Mask), ((uint)call.Number, (uint)(call.Number >> 32)));

    /// <summary>One number; in inference mode (no key) the one that changes nothing.</summary>
    public static T At(RandomSource source, (uint, uint)? key, uint position, uint row)
    {
        TNumbers numbers = default;
        if (key is null)
            return numbers.Constant(source.Neutral);
        (uint x0, uint x1) = Threefry(key.Value, (position, row));
        return source.Kind == RandomKind.Normal
            ? numbers.Binary(OpCode.Multiply, numbers.Normal(x0, x1), numbers.Constant(source.Number))
            : (int)x0 > source.Dropped ? numbers.Constant(source.Scale) : default;
    }

    private static (uint X0, uint X1) Threefry((uint First, uint Second) key, (uint First, uint Second) counter)
    {
        uint[] keys = [key.First, key.Second, key.First ^ key.Second ^ 0x1BD11BDA];
        uint x0 = counter.First + keys[0], x1 = counter.Second + keys[1];
        for (int round = 0; round < 20; round++)
        {
            x0 += x1;
            x1 = BitOperations.RotateLeft(x1, s_rotations[round / 4 % 2][round % 4]) ^ x0;
            if (round % 4 == 3)
            {
                uint injection = (uint)round / 4 + 1;
                x0 += keys[injection % 3];
                x1 += keys[(injection + 1) % 3] + injection;
            }
        }

        return (x0, x1);
    }
}
