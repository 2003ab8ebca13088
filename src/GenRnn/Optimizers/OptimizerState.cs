using System;
using System.Collections.Generic;
using System.Numerics;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>What an optimiser keeps for one model: the count of steps, and its moments in slots of one value a parameter.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// A step clips the gradients, then updates the parameters. Nothing is allocated after construction. Every operation is
/// elementwise and correctly rounded, or a reduction in a fixed order, so the bits depend on no machine.
/// </remarks>
public abstract class OptimizerState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LearningRate _learningRate;
    private readonly GradientClipper<T>? _clipper;
    private readonly (int Offset, int Length)[] _runs;
    private readonly string[] _slotNames;
    private readonly AlignedBuffer<T>[] _slots;

    /// <param name="optimizer">The settings.</param>
    /// <param name="info">The model.</param>
    /// <param name="slotNames">Keras' names of the optimiser's moments, each as long as the parameters and zero at first.</param>
    protected OptimizerState(Optimizer optimizer, ModelInfo info, params string[] slotNames)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        _learningRate = optimizer.LearningRate;
        _slotNames = slotNames;
        _slots = new AlignedBuffer<T>[slotNames.Length];
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = new AlignedBuffer<T>(info.ParameterCount);

        (int Offset, int Length)[] variables = TrainableVariables(info);
        _runs = Merge(variables);
        if (optimizer.Clipping != GradientClipping.Off)
            _clipper = new GradientClipper<T>(optimizer.Clipping, optimizer.ClipLimit, variables, info.ParameterCount);
    }

    /// <summary>The model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Number of steps done.</summary>
    public long Iterations { get; private set; }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate => _learningRate.At(Iterations);

    /// <summary>Keras' names of the moments, in Keras' order: <c>momentum</c>, <c>velocity</c>.</summary>
    public IReadOnlyList<string> SlotNames => _slotNames;

    /// <summary>One variable's values of a moment, in the variable's layout.</summary>
    /// <param name="name">One of <see cref="SlotNames"/>.</param>
    /// <param name="variable">One of the model's variables.</param>
    /// <exception cref="ArgumentException">There is no such moment.</exception>
    public Span<T> GetSlot(string name, VariableInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        int index = Array.IndexOf(_slotNames, name);
        if (index < 0)
            throw new ArgumentException($"This optimiser has no moment '{name}'; it has: {string.Join(", ", _slotNames)}.", nameof(name));
        return _slots[index].Span.Slice(variable.Offset, variable.Length);
    }

    /// <summary>One step: clips the gradients and updates the trainable parameters in place.</summary>
    /// <param name="gradients">Gradients, dense, in the parameters' order and layout.</param>
    /// <param name="parameters">Parameters, dense; those that are not trainable stay as they are.</param>
    /// <exception cref="ArgumentException">A span is not as long as the model's parameters.</exception>
    public void Apply(ReadOnlySpan<T> gradients, Span<T> parameters)
    {
        CheckLength(gradients.Length, nameof(gradients));
        CheckLength(parameters.Length, nameof(parameters));

        ReadOnlySpan<T> clipped = _clipper is null ? gradients : _clipper.Clip(gradients);
        BeginStep(LearningRate);
        foreach ((int offset, int length) in _runs)
            Update(offset, clipped.Slice(offset, length), parameters.Slice(offset, length));
        Iterations++;
    }

    /// <summary>Computes what all elements of a step share. <see cref="Iterations"/> still counts the steps before it.</summary>
    /// <param name="learningRate">The step's learning rate.</param>
    protected abstract void BeginStep(double learningRate);

    /// <summary>Updates a run of adjacent trainable parameters.</summary>
    /// <param name="offset">Where the run starts in the dense buffers.</param>
    /// <param name="gradients">Its gradients, clipped.</param>
    /// <param name="parameters">Its parameters.</param>
    protected abstract void Update(int offset, ReadOnlySpan<T> gradients, Span<T> parameters);

    /// <summary>A part of a moment.</summary>
    /// <param name="index">Which moment, in the order of <see cref="SlotNames"/>.</param>
    /// <param name="offset">Where the part starts.</param>
    /// <param name="length">Its length.</param>
    protected Span<T> Slot(int index, int offset, int length) => _slots[index].Span.Slice(offset, length);

    private void CheckLength(int found, string parameter)
    {
        if (found != Info.ParameterCount)
            throw new ArgumentException($"{Info.Name} has {Info.ParameterCount} parameters; {parameter} holds {found} values.", parameter);
    }

    private static (int Offset, int Length)[] TrainableVariables(ModelInfo info)
    {
        var variables = new List<(int, int)>();
        foreach (VariableInfo variable in info.Variables)
        {
            if (variable.IsTrainable)
                variables.Add((variable.Offset, variable.Length));
        }

        return [.. variables];
    }

    // Updates are elementwise, so adjacent variables are one run: fewer calls, fewer ragged ends.
    private static (int Offset, int Length)[] Merge((int Offset, int Length)[] variables)
    {
        var runs = new List<(int Offset, int Length)>();
        foreach ((int offset, int length) in variables)
        {
            if (runs.Count > 0 && runs[^1].Offset + runs[^1].Length == offset)
                runs[^1] = (runs[^1].Offset, runs[^1].Length + length);
            else
                runs.Add((offset, length));
        }

        return [.. runs];
    }
}
