using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Interpreter;

/// <summary>Runs one region: every row through all steps, states carried from step to step.</summary>
internal static class RegionInterpreter<T, TNumbers>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    /// <param name="carried">Gives the values that a carried state starts from in a call with a model's state, or null.</param>
    /// <param name="leave">Takes the values of every carried state after the last step, row by row.</param>
    /// <param name="order">The order of sums over rows.</param>
    /// <param name="call">The training call; null in inference mode.</param>
    public static void Run(
        Region region, T[] parameters, Tensors<T> tensors, GradientOrder order, TrainingCall? call, Func<RegionState, T[]?> carried, Action<RegionState, int, T[]> leave)
    {
        // What is summed over steps and rows is kept for each of them first.
        Dictionary<Sequence, Sequence> terms = new();
        foreach (Sequence shared in region.Outputs.Select(o => o.Target).Where(t => t.IsShared && !region.IsShared))
            tensors.Add(terms[shared] = new Sequence(-1, shared.Name + ".terms", region.Steps, shared.Width));
        foreach (RegionOutput output in region.Outputs)
            tensors.Ensure(output.Target);
        foreach (RegionState state in region.States.Where(s => s.Final is not null))
            tensors.Add(state.Final!);

        StepEvaluator<T, TNumbers> evaluator = new(region, parameters);
        for (int row = 0; row < (region.IsShared ? 1 : tensors.Rows); row++)
        {
            T[][] states = region.States.Select(s => Start(s, row, tensors, carried(s))).ToArray();
            for (int step = 0; step < region.Steps; step++)
                states = RunStep(region, evaluator, tensors, call, terms, states, row, step);
            for (int i = 0; i < states.Length; i++)
                Finish(region.States[i], states[i], row, tensors, leave);
        }

        foreach ((Sequence shared, Sequence steps) in terms)
        {
            ParameterView target = new Parameter(region.Layer, "", "", [shared.Width], 0, new InitializerSpec("Zeros")).View();
            GradientSum<T, TNumbers>.Sum(new ParameterGradient(target, null, TimeAccess.Whole, steps, region.Steps, region.Layer), tensors, order)
                .CopyTo(tensors.At(shared, row: 0, time: 0));
        }
    }

    private static T[][] RunStep(
        Region region, StepEvaluator<T, TNumbers> evaluator, Tensors<T> tensors, TrainingCall? call, Dictionary<Sequence, Sequence> terms, T[][] states, int row, int step)
    {
        evaluator.Run((leaf, lanes) =>
        {
            if (leaf.Op == OpCode.State)
                states[leaf.Index].CopyTo(lanes, 0);
            else if (leaf.Op == OpCode.Random)
                RandomNumbers<T, TNumbers>.Draw(leaf, call, row, step, lanes);
            else
                tensors.At(region.Inputs[leaf.Index].Source, region.Inputs[leaf.Index].Access, row, step, region.Steps).CopyTo(lanes);
        });
        foreach (RegionOutput output in region.Outputs)
        {
            evaluator[output.Value].CopyTo(terms.TryGetValue(output.Target, out Sequence? steps)
                ? tensors.At(steps, row, step)
                : tensors.At(output.Target, output.Access, row, step, region.Steps));
        }

        return region.States.Select(s => s.Next is null ? new T[s.Width] : (T[])evaluator[s.Next].Clone()).ToArray();
    }

    private static T[] Start(RegionState state, int row, Tensors<T> tensors, T[]? carried)
    {
        if (state.Initial is not null)
            return tensors.At(state.Initial, TimeAccess.Whole, row, 0).ToArray();
        return carried is null ? new T[state.Width] : carried.AsSpan(row * state.Width, state.Width).ToArray();
    }

    private static void Finish(RegionState state, T[] values, int row, Tensors<T> tensors, Action<RegionState, int, T[]> leave)
    {
        if (state.Final is not null)
            values.CopyTo(tensors.At(state.Final, TimeAccess.Whole, row, 0));
        if (state.IsCarried)
            leave(state, row, values);
    }
}
