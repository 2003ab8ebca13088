using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using GenRnn.CompilerServices;

namespace GenRnn;

/// <summary>What an optimiser keeps for one model: the count of batches, and its moments in slots of one value a parameter.</summary>
/// <typeparam name="T">The element type of the model.</typeparam>
/// <remarks>
/// A step clips the gradients, lets the weights decay, updates them, lets their average follow and brings them back to their constraints. Nothing is allocated after construction. Every operation is
/// elementwise and correctly rounded, or a reduction in a fixed order, so the bits depend on no machine.
/// </remarks>
public abstract class OptimizerState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LearningRate _schedule;
    private readonly double _weightDecay;
    private readonly int _accumulationSteps;
    private readonly GradientAccumulator<T>? _accumulator;
    private readonly GradientClipper<T>? _clipper;
    private readonly WeightAverage<T>? _average;
    private readonly WeightConstraint<T>[] _constraints;
    private readonly (int Offset, int Length, bool Decays)[] _runs;
    private readonly string[] _slotNames;
    private readonly AlignedBuffer<T>[] _slots;
    private readonly T[] _starts;
    private double? _rate;
    private long _batches;

    /// <param name="optimizer">The settings.</param>
    /// <param name="info">The model.</param>
    /// <param name="slotNames">Keras' names of the optimiser's moments, each as long as the parameters and zero at first.</param>
    protected OptimizerState(Optimizer optimizer, ModelInfo info, params string[] slotNames)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        _schedule = optimizer.LearningRate;
        _weightDecay = optimizer.WeightDecay;
        _accumulationSteps = optimizer.GradientAccumulationSteps;
        _slotNames = slotNames;
        _slots = new AlignedBuffer<T>[slotNames.Length];
        _starts = new T[slotNames.Length];
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = new AlignedBuffer<T>(info.ParameterCount);

        (int Offset, int Length, bool Decays)[] variables = TrainableVariables(optimizer, info);
        _runs = Merge(variables);
        (int Offset, int Length)[] places = Array.ConvertAll(variables, v => (v.Offset, v.Length));
        if (_accumulationSteps > 1)
            _accumulator = new GradientAccumulator<T>(_accumulationSteps, info.ParameterCount);
        if (optimizer.Clipping != GradientClipping.Off)
            _clipper = new GradientClipper<T>(optimizer.Clipping, optimizer.ClipLimit, places, info.ParameterCount);
        _constraints = [.. Constraints(info)];
        if (optimizer.UseEma)
            _average = new WeightAverage<T>(optimizer.EmaMomentum, optimizer.EmaOverwriteFrequency, places, info.ParameterCount);
    }

    /// <summary>The model.</summary>
    public ModelInfo Info { get; }

    /// <summary>Number of batches taken: what a schedule counts.</summary>
    public long Batches => _batches;

    /// <summary>Number of updates done: the batches, unless <see cref="Optimizer.GradientAccumulationSteps"/> makes one of several.</summary>
    public long Iterations => Batches / _accumulationSteps;

    /// <summary>The learning rate of the next step. It may be set where it is a number, not a schedule.</summary>
    /// <exception cref="InvalidOperationException">It is set, and the optimiser has a schedule.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a number that is negative, infinite or NaN.</exception>
    public double LearningRate
    {
        get => _rate ?? _schedule.At(Batches);
        set
        {
            if (!_schedule.IsConstant)
                throw new InvalidOperationException($"The learning rate of this optimiser is a schedule, {_schedule.GetType().Name}: it can't be set to {value}.");
            _rate = Schedule.Amount(value, nameof(LearningRate));
        }
    }

    /// <summary>The moving average of the parameters, in their order and layout: of the trainable ones, once a batch was taken. Empty without <see cref="Optimizer.UseEma"/>.</summary>
    public ReadOnlySpan<T> Average => _average is null ? default : _average.Values;

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

    /// <summary>One step: clips the gradients and updates the trainable parameters in place; or, where gradients are accumulated, adds them up until there are enough.</summary>
    /// <param name="gradients">Gradients, dense, in the parameters' order and layout.</param>
    /// <param name="parameters">Parameters, dense; those that are not trainable stay as they are.</param>
    /// <exception cref="ArgumentException">A span is not as long as the model's parameters.</exception>
    public void Apply(ReadOnlySpan<T> gradients, Span<T> parameters)
    {
        CheckLength(gradients.Length, nameof(gradients));
        CheckLength(parameters.Length, nameof(parameters));

        long updatesBefore = Iterations;
        if (_accumulator is null)
            Update(gradients, parameters);
        else if (_accumulator.Add(gradients, Batches))
            Update(_accumulator.Sum, parameters);
        _average?.Follow(parameters, updatesBefore);
        foreach (WeightConstraint<T> constraint in _constraints)
            constraint.Apply(parameters);
        _batches++;
    }

    /// <summary>Puts the average of the weights in their place: Keras' <c>finalize_variable_values</c>, which <c>Fit</c> does at its end. Nothing without <see cref="Optimizer.UseEma"/>.</summary>
    /// <param name="parameters">Parameters, dense.</param>
    /// <exception cref="ArgumentException">The span is not as long as the model's parameters.</exception>
    public void OverwriteWithAverage(Span<T> parameters)
    {
        CheckLength(parameters.Length, nameof(parameters));
        if (Batches > 0)
            _average?.Overwrite(parameters);
    }

    /// <summary>Back to where it was made: for another training in the same memory.</summary>
    public void Reset()
    {
        for (int i = 0; i < _slots.Length; i++)
            _slots[i].Span.Fill(_starts[i]);
        _accumulator?.Reset();
        _rate = null;
        _batches = 0;
        ResetStep();
    }

    /// <summary>Part of <see cref="Reset"/>: brings back what a state keeps beside its moments. Nothing, unless overridden.</summary>
    protected virtual void ResetStep()
    {
    }

    /// <summary>Computes what all elements of a step share. <see cref="Iterations"/> still counts the steps before it.</summary>
    /// <param name="learningRate">The step's learning rate.</param>
    protected abstract void BeginStep(double learningRate);

    /// <summary>Updates a run of adjacent trainable parameters.</summary>
    /// <param name="offset">Where the run starts in the dense buffers.</param>
    /// <param name="gradients">Its gradients, clipped.</param>
    /// <param name="parameters">Its parameters.</param>
    protected abstract void Update(int offset, ReadOnlySpan<T> gradients, Span<T> parameters);

    /// <summary>The same behind weight decay: each parameter first loses its share.</summary>
    private protected virtual void Update(int offset, ReadOnlySpan<T> gradients, Span<T> parameters, T decay)
    {
        Elementwise.Map(parameters, new Decay(decay));
        Update(offset, gradients, parameters);
    }

    /// <summary>Shows a checkpoint what the next step depends on beside moments, rate and count of batches: running products and the like. Nothing, unless overridden.</summary>
    /// <param name="part">The optimiser's part of the checkpoint.</param>
    protected virtual void Checkpoint(CheckpointPart part)
    {
    }

    /// <summary>Shows a checkpoint all that the next step depends on.</summary>
    internal void KeepAll(CheckpointPart part)
    {
        part.Keep("batches", ref _batches);
        part.Keep("learning_rate", ref _rate);
        for (int i = 0; i < _slots.Length; i++)
            part.Keep(_slotNames[i], _slots[i].Span);
        _accumulator?.Checkpoint(part, _batches);
        if (_average is not null)
            part.Keep("average", _average.Values);
        Checkpoint(part);
    }

    /// <summary>Where a moment does not start at zero.</summary>
    private protected void FillSlot(int index, T value) => _slots[index].Span.Fill(_starts[index] = value);

    /// <summary>A part of a moment.</summary>
    /// <param name="index">Which moment, in the order of <see cref="SlotNames"/>.</param>
    /// <param name="offset">Where the part starts.</param>
    /// <param name="length">Its length.</param>
    protected Span<T> Slot(int index, int offset, int length) => _slots[index].Span.Slice(offset, length);

    private void Update(ReadOnlySpan<T> gradients, Span<T> parameters)
    {
        ReadOnlySpan<T> clipped = _clipper is null ? gradients : _clipper.Clip(gradients);
        double rate = LearningRate;
        T decay = T.CreateTruncating(_weightDecay * rate);
        BeginStep(rate);
        foreach ((int offset, int length, bool decays) in _runs)
        {
            if (decays)
                Update(offset, clipped.Slice(offset, length), parameters.Slice(offset, length), decay);
            else
                Update(offset, clipped.Slice(offset, length), parameters.Slice(offset, length));
        }
    }

    private static IEnumerable<WeightConstraint<T>> Constraints(ModelInfo info)
    {
        foreach (VariableInfo variable in info.Variables)
        {
            if (variable.IsTrainable && variable.Constraint is { } constraint)
                yield return new WeightConstraint<T>(variable, constraint);
        }
    }

    private void CheckLength(int found, string parameter)
    {
        if (found != Info.ParameterCount)
            throw new ArgumentException($"{Info.Name} has {Info.ParameterCount} parameters; {parameter} holds {found} values.", parameter);
    }

    private static (int Offset, int Length, bool Decays)[] TrainableVariables(Optimizer optimizer, ModelInfo info)
    {
        var variables = new List<(int, int, bool)>();
        foreach (VariableInfo variable in info.Variables)
        {
            if (variable.IsTrainable)
                variables.Add((variable.Offset, variable.Length, optimizer.Decays(variable)));
        }

        return [.. variables];
    }

    // Updates are elementwise, so adjacent variables are one run: fewer calls, fewer ragged ends.
    private static (int Offset, int Length, bool Decays)[] Merge((int Offset, int Length, bool Decays)[] variables)
    {
        var runs = new List<(int Offset, int Length, bool Decays)>();
        foreach ((int offset, int length, bool decays) in variables)
        {
            if (runs.Count > 0 && runs[^1].Offset + runs[^1].Length == offset && runs[^1].Decays == decays)
                runs[^1] = (runs[^1].Offset, runs[^1].Length + length, decays);
            else
                runs.Add((offset, length, decays));
        }

        return [.. runs];
    }

    private readonly struct Decay(T share) : Elementwise.IMap<T>
    {
        private readonly Vector<T> _share = new(share);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> x) => x - x * _share;
    }
}
