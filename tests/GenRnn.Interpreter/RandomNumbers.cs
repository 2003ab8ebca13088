using System;
using System.Numerics;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>What a <see cref="OpCode.Random"/> draws, number by number: Threefry2x32-20 as the paper's pseudocode has it, on scalars.</summary>
internal static class RandomNumbers<T, TArithmetic>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TArithmetic : struct, IArithmetic<T>
{
    private static readonly int[][] s_rotations = [[13, 15, 26, 6], [17, 29, 16, 24]];

    /// <param name="call">The training call; null in inference mode.</param>
    public static void Draw(Value value, TrainingCall? call, int row, int step, T[] y)
    {
        TArithmetic arithmetic = default;
        RandomSource source = value.Random!;
        if (call is not { } training)
        {
            y.AsSpan().Fill(arithmetic.Constant(source.Neutral));
            return;
        }

        (uint, uint) key = Threefry(
            ((uint)training.Seed, ((uint)source.Layer << 16) | (uint)source.Mask), ((uint)training.Number, (uint)(training.Number >> 32)));
        for (int lane = 0; lane < y.Length; lane++)
        {
            (uint x0, uint x1) = Threefry(key, ((uint)(step * y.Length + lane), source.IsSharedByRows ? 0 : (uint)row));
            y[lane] = source.Kind == RandomKind.Normal
                ? arithmetic.Normal(x0, x1) * arithmetic.Constant(source.Number)
                : (int)x0 > source.Dropped ? arithmetic.Constant(source.Scale) : T.Zero;
        }
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
