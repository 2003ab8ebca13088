using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Kernels;

/// <summary>Bytes of IL that kernels become, estimated before anything is printed.</summary>
public static class KernelSize
{
    /// <summary>Bytes of IL of one method, within about a fifth.</summary>
    public static int Estimate(Kernel kernel) => kernel.Body.Sum(Estimate);

    public static int Estimate(Statement statement) => statement switch
    {
        Loop loop => 24 + Sum(loop.Body),
        Branch branch => 16 + Sum(branch.Body) + Sum(branch.Otherwise),
        RegisterBranch branch => 16 + Sum(branch.Body) + Sum(branch.Otherwise),
        Block block => Sum(block.Body),
        Let let => 2 + Estimate(let.Value),
        LetPair pair => 30 + Estimate(pair.X) + Estimate(pair.Y),
        Assign assign => 2 + Estimate(assign.Value),
        Store store => 10 + Estimate(store.Value) + Estimate(store.Place),
        StoreTail store => 60 + Estimate(store.Value) + 2 * Estimate(store.Place),
        StoreScalar store => 20 + Estimate(store.Place),
        Point point => 4 + Estimate(point.Place),
        Advance => 16,
        Invoke invoke => 6 + invoke.References.Sum(r => 5 + Estimate(r)) + 3 * invoke.Numbers.Count,
        When branch => 16 + Sum(branch.Body) + Sum(branch.Otherwise),
        Guard guard => 16 + Estimate(guard.Body) + (guard.Otherwise is null ? 0 : Estimate(guard.Otherwise)),
        While loop => 24 + Sum(loop.Body),
        GoOn loop => 24 + Estimate(loop.Body),
        Gather or Scatter or CopyGradient => 80,
        PackPanel or Copy or Clear or RepeatFirstRow or MarkRows or WriteKey or Follow => 40,
        PassCall call => 6 + 5 * call.Pass.Parameters!.Count,
        _ => 8,
    };

    private static int Estimate(Vec vec) => vec switch
    {
        LocalVec => 2,
        LoadVec load => 10 + Estimate(load.Place),
        SplatVec splat => 19 + Estimate(splat.Place),
        SplatLaneVec splat => 15 + Estimate(splat.Place),
        NumberVec => 16,
        FmaVec fma => 11 + Estimate(fma.A) + Estimate(fma.B) + Estimate(fma.C),
        RandomVec random => 27 + Estimate(random.Key) + Estimate(random.Position) + Estimate(random.Row),
        ApplyVec apply => 11 + apply.Operands.Sum(Estimate),
        _ => 8,
    };

    private static int Estimate(Place place) => 2 + Estimate(place.Offset);

    private static int Estimate(Index index) => index switch
    {
        ConstantIndex => 5,
        VariableIndex => 2,
        LanesIndex => 2,
        ElementIndex element => 12 + Estimate(element.Place),
        BinaryIndex binary => 2 + Estimate(binary.Left) + Estimate(binary.Right),
        _ => 8,
    };

    private static int Sum(IReadOnlyList<Statement> body) => body.Sum(Estimate);
}
