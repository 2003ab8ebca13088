using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>What <c>[Regularize]</c> adds to the loss for the weights that are trained: L1 sum |w| + L2 sum w^2, and the orthogonal penalty, each variable by itself.</summary>
/// <remarks>Values of a variable are summed in the element type over 16 fixed lanes, variables in double: the bits depend on no machine. Nothing is allocated after construction.</remarks>
internal sealed class WeightPenalties<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(VariableInfo Variable, RegularizerInfo Penalty)> _elementwise = [];
    private readonly List<(VariableInfo Variable, OrthogonalPenalty<T> Penalty)> _orthogonal = [];
    private readonly AlignedBuffer<T> _values;

    public WeightPenalties(ModelInfo info)
    {
        int longest = 0;
        foreach (VariableInfo variable in info.Variables)
        {
            if (!variable.IsTrainable || variable.Regularizer is not { } penalty)
                continue;
            if (penalty.L1 != 0 || penalty.L2 != 0)
            {
                _elementwise.Add((variable, penalty));
                longest = Math.Max(longest, variable.Length);
            }

            if (penalty.Orthogonal != 0)
                _orthogonal.Add((variable, new OrthogonalPenalty<T>(variable.Shape[0], variable.Length / variable.Shape[0], penalty.Orthogonal, penalty.Mode)));
        }

        _values = new AlignedBuffer<T>(longest);
    }

    /// <summary>The penalty of the weights as they are.</summary>
    public double Evaluate(ReadOnlySpan<T> parameters)
    {
        double total = 0;
        foreach ((VariableInfo variable, RegularizerInfo penalty) in _elementwise)
        {
            ReadOnlySpan<T> weights = parameters.Slice(variable.Offset, variable.Length);
            Span<T> values = _values.Span[..variable.Length];
            Elementwise.Zip(new Terms(penalty), weights, weights, values);
            total += double.CreateTruncating(Lanes.Sum<T>(values));
        }

        foreach ((VariableInfo variable, OrthogonalPenalty<T> penalty) in _orthogonal)
            total += penalty.Evaluate(parameters.Slice(variable.Offset, variable.Length), default);
        return total;
    }

    /// <summary>The same, adding its gradient to those of the rest of the loss.</summary>
    public double Differentiate(ReadOnlySpan<T> parameters, Span<T> gradients)
    {
        double total = 0;
        foreach ((VariableInfo variable, RegularizerInfo penalty) in _elementwise)
        {
            Span<T> values = _values.Span[..variable.Length];
            Elementwise.Update(new Terms(penalty), parameters.Slice(variable.Offset, variable.Length), gradients.Slice(variable.Offset, variable.Length), values);
            total += double.CreateTruncating(Lanes.Sum<T>(values));
        }

        foreach ((VariableInfo variable, OrthogonalPenalty<T> penalty) in _orthogonal)
            total += penalty.Evaluate(parameters.Slice(variable.Offset, variable.Length), gradients.Slice(variable.Offset, variable.Length));
        return total;
    }

    /// <summary>L1 |w| + L2 w^2 of each weight, and what it adds to its gradient: L1 sign(w) + 2 L2 w.</summary>
    private readonly struct Terms(RegularizerInfo penalty) : Elementwise.IZip<T>, Elementwise.IUpdate<T>
    {
        private readonly Vector<T> _l1 = new(T.CreateTruncating(penalty.L1));
        private readonly Vector<T> _l2 = new(T.CreateTruncating(penalty.L2));
        private readonly Vector<T> _slope = new(T.CreateTruncating(2 * penalty.L2));

        public static int Slots => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> weight, Vector<T> sameWeight) => _l1 * Vector.Abs(weight) + _l2 * (weight * weight);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector<T> weight, ref Vector<T> gradient, ref Vector<T> value, ref Vector<T> slot1, ref Vector<T> slot2)
        {
            Vector<T> ofL1 = Vector.ConditionalSelect(Vector.GreaterThan(weight, Vector<T>.Zero), _l1, Vector.ConditionalSelect(Vector.LessThan(weight, Vector<T>.Zero), -_l1, Vector<T>.Zero));
            gradient += ofL1 + _slope * weight;
            value = Invoke(weight, weight);
        }
    }
}
