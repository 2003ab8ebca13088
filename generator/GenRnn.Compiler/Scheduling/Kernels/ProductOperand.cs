using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling.Placement;

namespace GenRnn.Compiler.Scheduling.Kernels;

/// <summary>What a product reads through one reference: the operand of a term, or of several that follow each other at steps of equal distance.</summary>
/// <param name="Number">Its place among the operands, from 1.</param>
/// <param name="Reference">Name of the kernel's parameter.</param>
/// <param name="Local">Name of the row that a tile reads.</param>
/// <param name="Layout">Where its rows and lanes lie.</param>
/// <param name="Lane">First lane behind the reference.</param>
/// <param name="Length">Length of the chain, of each tap.</param>
/// <param name="IsTakenFromVectors">Whether elements are taken out of whole vectors, not loaded one by one.</param>
/// <param name="Taps">Terms that read it, one behind the other.</param>
/// <param name="Distance">Elements from one tap to the next.</param>
internal sealed record ProductOperand(int Number, string Reference, string Local, Layout Layout, int Lane, int Length, bool IsTakenFromVectors, int Taps, int Distance)
{
    /// <summary>A size: see <see cref="SizeIndex"/>.</summary>
    public Index LengthSize => Index.Size(Names.Of("terms", Number), Length);

    /// <summary>A size: see <see cref="SizeIndex"/>.</summary>
    public Index TapCount => Index.Size(Names.Of("taps", Number), Taps);

    /// <summary>A size: see <see cref="SizeIndex"/>.</summary>
    public Index TapDistance => Index.Size(Names.Of("distance", Number), Distance);

    /// <summary>Name of the pointer to a row of a tile, where each has one.</summary>
    public string LocalOf(int row) => Local + Names.Of("", row);

    /// <summary>Where a row begins, at the first tap.</summary>
    public Place At(PlanContext plan, Index row)
    {
        Index stride = Layout.RowStride > 1 ? plan.Size(Names.Of("operandStride", Number), Layout.RowStride) : Layout.RowStride;
        Index lane = Lane > 0 ? plan.Size(Names.Of("operandLane", Number), Lane) : 0;
        return new(Reference, row * stride + lane * Layout.LaneStride);
    }

    /// <summary>Operands with a name for the row that a tile reads; several may be read through one reference, which then points to where their values start.</summary>
    /// <param name="isSingle">Whether a single chain runs, of one row.</param>
    public static ProductOperand[] Of(ProductSites sites, KernelScope scope, bool isSingle = false)
    {
        List<ProductOperand> operands = new();
        for (int first = 0, taps; first < sites.Operands.Count; first += taps)
        {
            (Site site, int lane) = sites.Operands[first];
            taps = TapsFrom(sites, first);
            bool isAlone = sites.Operands.All(o => o.Site != site || o.Lane == lane);
            string reference = scope.Reference(isAlone ? site.From(lane) : site, sites.Names[first]);
            string local = reference + "Row";
            for (int i = 2; operands.Any(o => o.Local == local); i++)
                local = reference + "Row" + i.ToString(CultureInfo.InvariantCulture);
            operands.Add(new ProductOperand(
                operands.Count + 1, reference, local, site.Layout, isAlone ? 0 : lane, sites.Linear.Terms[first].Weights.Rows, isSingle && isAlone && site.Buffer.External is null,
                taps, taps == 1 ? 0 : DistanceAt(sites, first) * site.Layout.SlotStride));
        }

        return operands.ToArray();
    }

    /// <summary>Terms that read one sequence at steps of the same distance from each other, as those of a convolution do.</summary>
    private static int TapsFrom(ProductSites sites, int first)
    {
        int distance = DistanceAt(sites, first);
        int taps = 1;
        while (distance != 0 && DistanceAt(sites, first + taps - 1) == distance)
            taps++;
        return taps;
    }

    /// <summary>
    /// Slots from what one term reads to what the next one does; 0 if they have more of a difference, or none. A state and its next value are no taps: the kernel would read one
    /// of them through a reference that names the other, and a step that writes in place (<see cref="InPlaceStates"/>) has a single slot for both.
    /// </summary>
    private static int DistanceAt(ProductSites sites, int term)
    {
        if (term + 1 >= sites.Operands.Count || sites.Linear.Terms[term].Weights.Rows != sites.Linear.Terms[term + 1].Weights.Rows)
            return 0;
        ((Site site, int lane), (Site next, int nextLane)) = (sites.Operands[term], sites.Operands[term + 1]);
        bool isSame = IsInput(sites.Linear.Terms[term].Operand) && IsInput(sites.Linear.Terms[term + 1].Operand) && lane == nextLane && site with { Shift = next.Shift } == next && !site.Buffer.IsRing && site.Buffer.Slots > 1 && site.BlockStride == 0;
        return isSame ? next.Shift - site.Shift : 0;
    }

    private static bool IsInput(Value value) => value.Op == OpCode.Slice ? IsInput(value.Operands[0]) : value.Op == OpCode.Input;
}
