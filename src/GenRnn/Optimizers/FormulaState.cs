using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn;

/// <summary>The state of an optimiser whose update is one vector formula: decay of the weights and update are one pass over the buffers.</summary>
internal abstract class FormulaState<T, TFormula>(Optimizer optimizer, ModelInfo info, params string[] slots) : OptimizerState<T>(optimizer, info, slots)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFormula : struct, Elementwise.IUpdate<T>
{
    private TFormula _formula;

    /// <summary>The formula of one step.</summary>
    protected abstract TFormula CreateFormula(double learningRate);

    protected sealed override void BeginStep(double learningRate) => _formula = CreateFormula(learningRate);

    protected sealed override void Update(int offset, ReadOnlySpan<T> gradients, Span<T> parameters) => Run(_formula, offset, gradients, parameters);

    private protected sealed override void Update(int offset, ReadOnlySpan<T> gradients, Span<T> parameters, T decay) =>
        Run(new Decayed<T, TFormula>(_formula, decay), offset, gradients, parameters);

    private void Run<TUpdate>(TUpdate update, int offset, ReadOnlySpan<T> gradients, Span<T> parameters)
        where TUpdate : struct, Elementwise.IUpdate<T>
    {
        int count = gradients.Length;
        Elementwise.Update(
            update,
            gradients,
            parameters,
            TUpdate.Slots > 0 ? Slot(0, offset, count) : default,
            TUpdate.Slots > 1 ? Slot(1, offset, count) : default,
            TUpdate.Slots > 2 ? Slot(2, offset, count) : default);
    }
}

/// <summary>A formula behind decoupled weight decay: w loses its share, then is updated.</summary>
internal readonly struct Decayed<T, TFormula>(TFormula formula, T decay) : Elementwise.IUpdate<T>
    where TFormula : struct, Elementwise.IUpdate<T>
{
    private readonly Vector<T> _decay = new(decay);

    public static int Slots => TFormula.Slots;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Vector<T> gradient, ref Vector<T> parameter, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2)
    {
        parameter -= parameter * _decay;
        formula.Invoke(gradient, ref parameter, ref slot0, ref slot1, ref slot2);
    }
}
