using System;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>Random inputs, parameters and upstream gradients for a program, from a seed that failures print.</summary>
internal sealed class TestNumbers
{
    public TestNumbers(Program program, int rows, int seed, double parameterScale = 0.5)
    {
        Rows = rows;
        Seed = seed;
        Random random = new(seed);
        Inputs = Draw(random, rows * program.Inputs.Sum(LengthOf), 1);
        IsInteger = new bool[Inputs.Length];
        SetIntegers(program, random);
        Parameters = Draw(random, program.Parameters.Sum(p => p.Length), parameterScale);
        // A variance is positive, and not so small that what is divided by it explodes.
        foreach (Parameter variance in program.Parameters.Where(p => p.Name.EndsWith("variance", StringComparison.Ordinal)))
        {
            for (int i = variance.Offset; i < variance.Offset + variance.Length; i++)
                Parameters[i] = (float)(0.5 + Math.Abs(Parameters[i]));
        }

        Upstream = Draw(random, rows * program.Outputs.Sum(LengthOf), 1);
    }

    public int Rows { get; }

    public int Seed { get; }

    public double[] Inputs { get; }

    /// <summary>Which inputs are whole numbers, without a derivative: ids, and lengths of rows.</summary>
    public bool[] IsInteger { get; }

    public double[] Parameters { get; }

    public double[] Upstream { get; }

    public static float[] Single(double[] values) => Array.ConvertAll(values, v => (float)v);

    /// <summary>Values that float holds exactly, so that both modes start from the same numbers.</summary>
    private static double[] Draw(Random random, int count, double scale) =>
        Enumerable.Range(0, count).Select(_ => (double)(float)(scale * (2 * random.NextDouble() - 1))).ToArray();

    private void SetIntegers(Program program, Random random)
    {
        int index = 0;
        for (int i = 0; i < program.Inputs.Count; i++)
        {
            Sequence input = program.Inputs[i];
            for (int end = index + Rows * LengthOf(input); index < end; index++)
            {
                IsInteger[index] = input.IsLengths || input.Vocabulary > 0;
                if (input.IsLengths)
                    Inputs[index] = 1 + random.Next(program.Inputs[i - 1].Steps);
                else if (input.Vocabulary > 0)
                    Inputs[index] = random.Next(input.Vocabulary);
            }
        }
    }

    private static int LengthOf(Sequence sequence) => Math.Max(1, sequence.Steps) * sequence.Width;
}
