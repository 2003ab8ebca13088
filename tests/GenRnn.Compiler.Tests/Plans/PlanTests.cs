using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Interpreter.Kernels;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Plans;

/// <summary>
/// Every plan computes what its program says, from the values that the program names, at every number of rows, in both precisions, on every machine. A slice of that in each run;
/// all of it where GEN_EXHAUSTIVE is 1.
/// </summary>
public sealed class PlanTests
{
    private const int Seed = 1;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    private static readonly int[] s_batches = [1, 2, 3, 16, 17, 32];

    public static TheoryData<string> Catalogue => new(ModelCatalogue.All.Select(m => m.Name));

    public static TheoryData<string> Readers => new(ReaderModels.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Of_the_catalogue(string name)
    {
        int turn = ModelCatalogue.All.ToList().FindIndex(m => m.Name == name);
        foreach (int batch in s_batches)
        {
            foreach (bool isDouble in new[] { false, true })
            {
                // Of twelve, three; of five machines, one.
                turn++;
                if (!s_isExhaustive && turn % 4 != 0)
                    continue;
                IReadOnlyList<Machine> machines = Machine.All(isDouble);
                PlanVerifier.Verify(
                    ModelCatalogue.Find(name).Spec.WithBatch(batch).WithPrecision(isDouble), Seed, s_isExhaustive ? machines : [machines[turn / 4 % machines.Count]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Of_cells_whose_readers_read_more_than_a_product(string name) => PlanVerifier.Verify(ReaderModels.All.Single(m => m.Name == name).Spec, Seed);
}
