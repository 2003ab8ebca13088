using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Kernels;

/// <summary>
/// States what a kernel or a driver may hold, and throws with the culprit: every place is behind a reference that was declared, every call gives what the callee
/// declares, and vectors are of one element, whatever memory they come from.
/// </summary>
public sealed class KernelVerifier
{
    private readonly Kernel _kernel;
    private readonly ElementType _lanes;
    private readonly Dictionary<string, ElementType> _references;

    private KernelVerifier(Kernel kernel, ElementType lanes)
    {
        _kernel = kernel;
        _lanes = lanes;
        _references = kernel.References.ToDictionary(r => r.Name, r => r.Element);
    }

    /// <param name="kernel">A leaf or a driver; passes work on spans.</param>
    /// <param name="lanes">What vectors hold.</param>
    public static void Check(Kernel kernel, ElementType lanes) => new KernelVerifier(kernel, lanes).Check(kernel.Body);

    private void Check(IReadOnlyList<Statement> body)
    {
        foreach (Statement statement in body)
            Check(statement);
    }

    private void Check(Statement statement)
    {
        switch (statement)
        {
            case Loop s: Check(s.Body); break;
            case Block s: Check(s.Body); break;
            case Branch s:
                Check(s.Body);
                Check(s.Otherwise);
                break;
            case RegisterBranch s:
                Check(s.Body);
                Check(s.Otherwise);
                break;
            case Let s: Check(s.Value); break;
            case LetPair s:
                Check(s.X);
                Check(s.Y);
                break;
            case Assign s: Check(s.Value); break;
            case Store s:
                CheckLanes(s.Place);
                Check(s.Value);
                break;
            case StoreTail s:
                CheckLanes(s.Place);
                Check(s.Value);
                break;
            case StoreScalar s:
                CheckLanes(s.Place);
                Check(s.Value);
                break;
            // Kernels run one behind the other in a block: a name may be given again, but for the same memory's elements.
            case Point s: _references[s.Name] = ElementOf(s.Place); break;
            case Advance s: ElementOf(new Place(s.Name, s.Offset)); break;
            case Clear s: ElementOf(s.Place); break;
            case Copy s: Require(ElementOf(s.Source) == ElementOf(s.Target), "copies " + ElementOf(s.Source) + " to " + ElementOf(s.Target)); break;
            case Invoke s: Check(s); break;
        }
    }

    private void Check(Invoke invoke)
    {
        Kernel callee = invoke.Kernel;
        Require(invoke.References.Count == callee.References.Count && invoke.Numbers.Count == callee.Numbers.Count, "calls " + callee.Name + " with other arguments than it has parameters");
        foreach ((Place place, Reference reference) in invoke.References.Zip(callee.References, (p, r) => (p, r)))
            Require(ElementOf(place) == reference.Element, "gives " + callee.Name + " " + ElementOf(place) + " for " + reference);
    }

    private void Check(Vec vec)
    {
        switch (vec)
        {
            case LoadVec v: CheckLanes(v.Place); break;
            case SplatVec v: CheckLanes(v.Place); break;
            case SplatLaneVec v: CheckLanes(v.Place); break;
            case RandomVec v: ElementOf(v.Key); break;
            case FmaVec v:
                Check(v.A);
                Check(v.B);
                Check(v.C);
                break;
            case ApplyVec v:
                foreach (Vec operand in v.Operands)
                    Check(operand);
                break;
        }
    }

    private void Check(Scalar scalar)
    {
        switch (scalar)
        {
            case LoadScalar s: CheckLanes(s.Place); break;
            case LaneReduceScalar s: CheckLanes(s.A); break;
            case FoldScalar s: Check(s.Vector); break;
            case LaneDotScalar s:
                CheckLanes(s.A);
                CheckLanes(s.B);
                break;
            case AddScalar s:
                Check(s.A);
                Check(s.B);
                break;
        }
    }

    /// <summary>There is no operation yet that makes one element of another.</summary>
    private void CheckLanes(Place place) => Require(ElementOf(place) == _lanes, "takes " + ElementOf(place) + " of " + place.Reference + " for lanes of " + _lanes);

    private ElementType ElementOf(Place place)
    {
        Require(_references.ContainsKey(place.Reference), "has no reference " + place.Reference);
        return _references[place.Reference];
    }

    private void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException("Broken kernel: " + _kernel.Name + " " + what + ".");
    }
}
