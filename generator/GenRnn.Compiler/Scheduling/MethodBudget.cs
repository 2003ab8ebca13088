using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Spec;
using Place = GenRnn.Compiler.Kernels.Place;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// Keeps every method inside what the JIT optimises (60,000 bytes of IL, beyond which a method runs some fifteen times slower), and the
/// model inside what a build bears. Sizes are estimated from the schedule, before anything is printed.
/// </summary>
public static class MethodBudget
{
    /// <summary>Estimated bytes of IL in one method; the JIT's own limit is 60,000.</summary>
    public const int MethodBytes = 48_000;

    /// <summary>Estimated bytes of IL in all methods of a model.</summary>
    public const int ModelBytes = 600_000;

    /// <summary>What exceeds the budget, or null.</summary>
    public static Finding? Check(Schedule schedule)
    {
        Kernel? largest = schedule.Kernels.Kernels.OrderByDescending(Estimate).FirstOrDefault();
        int total = schedule.Kernels.Kernels.Sum(Estimate);
        string? message = null;
        if (largest is not null && Estimate(largest) > MethodBytes)
        {
            message = string.Format(CultureInfo.InvariantCulture,
                "the method '{0}' would have about {1:N0} bytes of IL, more than the {2:N0} that are optimised for certain", largest.Name, Estimate(largest), MethodBytes);
        }
        else if (total > ModelBytes)
        {
            message = string.Format(CultureInfo.InvariantCulture,
                "the model would have about {0:N0} bytes of IL, more than its budget of {1:N0}; unroll less, or split it", total, ModelBytes);
        }

        return message is null ? null
            : new Finding(Rules.ModelBeyondBudget, Findings.Place.Class, message);
    }

    /// <summary>Bytes of IL of one method, within about a fifth.</summary>
    public static int Estimate(Kernel kernel) => kernel.Body.Sum(Estimate);

    public static int Estimate(Statement statement) => statement switch
    {
        Loop loop => 24 + Sum(loop.Body),
        Branch branch => 16 + Sum(branch.Body) + Sum(branch.Otherwise),
        RegisterBranch branch => 16 + Sum(branch.Body) + Sum(branch.Otherwise),
        Block block => Sum(block.Body),
        Let let => 2 + Estimate(let.Value),
        LetPair pair => 24 + Estimate(pair.X) + Estimate(pair.Y),
        Assign assign => 2 + Estimate(assign.Value),
        Store store => 7 + Estimate(store.Value) + Estimate(store.Place),
        StoreTail store => 40 + Estimate(store.Value) + 2 * Estimate(store.Place),
        StoreScalar store => 20 + Estimate(store.Place),
        Point point => 4 + Estimate(point.Place),
        Advance => 16,
        Invoke invoke => 6 + invoke.References.Sum(r => 5 + Estimate(r)) + 3 * invoke.Numbers.Count,
        _ => 8,
    };

    private static int Estimate(Vec vec) => vec switch
    {
        LocalVec => 2,
        LoadVec load => 7 + Estimate(load.Place),
        SplatVec splat => 13 + Estimate(splat.Place),
        SplatLaneVec splat => 9 + Estimate(splat.Place),
        NumberVec => 10,
        FmaVec fma => 5 + Estimate(fma.A) + Estimate(fma.B) + Estimate(fma.C),
        RandomVec random => 27 + Estimate(random.Key) + Estimate(random.Position) + Estimate(random.Row),
        ApplyVec apply => 5 + apply.Operands.Sum(Estimate),
        _ => 8,
    };

    private static int Estimate(Place place) => 2 + Estimate(place.Offset);

    private static int Estimate(Index index) => index switch
    {
        ConstantIndex => 5,
        VariableIndex => 2,
        LanesIndex => 6,
        ElementIndex element => 12 + Estimate(element.Place),
        BinaryIndex binary => 2 + Estimate(binary.Left) + Estimate(binary.Right),
        _ => 8,
    };

    private static int Sum(IReadOnlyList<Statement> body) => body.Sum(Estimate);
}
