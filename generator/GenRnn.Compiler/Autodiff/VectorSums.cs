using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>Sums of gradients that reach one vector or input from several places, in the order in which they were found.</summary>
internal static class VectorSums
{
    /// <summary>The only gradient, or a new one that a small region computes.</summary>
    public static Sequence Add(Program program, IReadOnlyList<Sequence> gradients, Region owner)
    {
        if (gradients.Count == 1)
            return gradients[0];
        Sequence first = gradients[0];
        Region region = new(owner.Name + " gradient sum", owner.Layer, first.IsVector ? 1 : first.Steps) { Equation = "sum of gradients" };
        RegionBuilder b = new(region);
        Value sum = b.Input(first, TimeAccess.Same);
        for (int i = 1; i < gradients.Count; i++)
            sum = b.Add(sum, b.Input(gradients[i], TimeAccess.Same));
        Sequence target = program.NewSequence("sum_" + first.Name, first.Steps, first.Width);
        b.Output(sum, target, TimeAccess.Same);
        program.Backward.Add(region);
        return target;
    }
}
