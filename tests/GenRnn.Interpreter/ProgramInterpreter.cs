using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Interpreter;

/// <summary>Runs the regions of a program in order, then sums the parameters' gradients.</summary>
internal sealed class ProgramInterpreter<T, TNumbers>(Program program) : ModelInterpreter<T>
    where T : unmanaged
    where TNumbers : struct, INumbers<T>
{
    public override Program Program => program;

    private int ParameterCount => program.Parameters.Sum(p => p.Length);

    private RegionState[] CarriedStates => program.Forward.SelectMany(r => r.States).Where(s => s.IsCarried).ToArray();

    public override InterpretedPass<T> Predict(ReadOnlySpan<T> inputs, ReadOnlySpan<T> parameters, T[][]? states = null, TrainingCall? call = null)
    {
        int rows = RowsOf(inputs, parameters);
        Tensors<T> tensors = new(rows);
        T[][] left = RunForward(tensors, inputs, rows, parameters.ToArray(), new GradientOrder(rows, RowsInLanes: false), isTraining: false, states, call);
        return new InterpretedPass<T>(Gather(program.Outputs, tensors, rows), left, [], []);
    }

    public override InterpretedPass<T> Differentiate(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> parameters, ReadOnlySpan<T> upstream, GradientOrder order, T[][]? states = null, bool isTraining = true,
        TrainingCall? call = null, ReadOnlySpan<T> ofLogits = default)
    {
        int rows = RowsOf(inputs, parameters);
        if (rows > order.Batch)
            throw new ArgumentException($"{rows} rows do not fit a batch of {order.Batch}.", nameof(inputs));
        if (upstream.Length != rows * program.OutputGradients.Sum(Tensors<T>.LengthOf))
            throw new ArgumentException($"The upstream gradient of {rows} rows has {upstream.Length} values.", nameof(upstream));

        T[] weights = parameters.ToArray();
        Tensors<T> tensors = new(order.Padded(rows));
        T[][] left = RunForward(tensors, inputs, rows, weights, order, isTraining, states, call);
        Scatter(program.OutputGradients, upstream, rows, tensors, repeatsFirstRow: false);
        if (program.PenaltyGradient is not null)
            tensors.Add(program.PenaltyGradient).AsSpan(0, rows).Fill(default(TNumbers).Constant(1.0 / rows));
        if (program.LogitsGradient is { } logitsGradient)
            Scatter([logitsGradient], ofLogits.IsEmpty ? new T[rows * Tensors<T>.LengthOf(logitsGradient)] : ofLogits, rows, tensors, repeatsFirstRow: false);
        foreach (Region region in program.Backward)
            RegionInterpreter<T, TNumbers>.Run(region, weights, tensors, order, call, _ => null, (_, _, _) => { });

        T[] gradients = new T[weights.Length];
        foreach (ParameterGradient gradient in program.Gradients)
            GradientSum<T, TNumbers>.Add(gradient, tensors, order, gradients);
        return new InterpretedPass<T>(Gather(program.Outputs, tensors, rows), left, gradients, GatherInputGradients(tensors, rows))
        {
            OutputMask = program.OutputMask is { } mask ? Gather([mask], tensors, rows) : [],
            Penalties = program.Penalty is { } penalty ? Gather([penalty], tensors, rows) : [],
            Logits = program.Logits is { } logits ? Gather([logits.Values], tensors, rows) : [],
            Statistics = program.Statistics.SelectMany(s => tensors[s.Batch].Take(s.Moving.Length)).ToArray(),
        };
    }

    private int RowsOf(ReadOnlySpan<T> inputs, ReadOnlySpan<T> parameters)
    {
        int length = program.Inputs.Sum(Tensors<T>.LengthOf);
        if (inputs.Length == 0 || inputs.Length % length != 0)
            throw new ArgumentException($"{inputs.Length} values are no whole number of rows of {length}.", nameof(inputs));
        if (parameters.Length != ParameterCount)
            throw new ArgumentException($"{parameters.Length} parameters were given, the model has {ParameterCount}.", nameof(parameters));
        return inputs.Length / length;
    }

    private T[][] RunForward(Tensors<T> tensors, ReadOnlySpan<T> inputs, int rows, T[] parameters, GradientOrder order, bool isTraining, T[][]? states, TrainingCall? call)
    {
        if (program.RowWeights is not null)
            tensors.Add(program.RowWeights).AsSpan(0, rows).Fill(default(TNumbers).Constant(1));
        if (program.TrainingFlag is not null)
            tensors.Add(program.TrainingFlag).AsSpan().Fill(default(TNumbers).Constant(isTraining ? 1 : 0));
        Scatter(program.Inputs, inputs, rows, tensors, repeatsFirstRow: true);
        RegionState[] carried = CarriedStates;
        int count = carried.Length + program.Histories.Count;
        if (states is not null && states.Length != count)
            throw new ArgumentException($"{states.Length} states were given, the model carries {count}.", nameof(states));
        Dictionary<RegionState, T[]> start = new();
        for (int i = 0; states is not null && i < carried.Length; i++)
            start[carried[i]] = Padded(states[i], rows, carried[i].Width, tensors.Rows);
        for (int i = 0; i < program.Histories.Count; i++)
        {
            int length = program.Histories[i].Steps * program.Histories[i].Source.Width;
            tensors.AddHistory(program.Histories[i], states is null ? new T[tensors.Rows * length] : Padded(states[carried.Length + i], rows, length, tensors.Rows));
        }

        T[][] left = carried.Select(s => new T[rows * s.Width]).ToArray();
        foreach (Region region in program.Forward)
        {
            RegionInterpreter<T, TNumbers>.Run(region, parameters, tensors, order, call, start.GetValueOrDefault, (state, row, values) =>
            {
                if (row < rows)
                    values.CopyTo(left[Array.IndexOf(carried, state)], row * state.Width);
            });
        }

        return [.. left, .. program.Histories.Select(h => LastSteps(h, tensors, rows))];
    }

    private static T[] LastSteps(SequenceHistory history, Tensors<T> tensors, int rows) => (
        from row in Enumerable.Range(0, rows)
        from time in Enumerable.Range(history.Source.Steps - history.Steps, history.Steps)
        from value in tensors.At(history.Source, row, time).ToArray()
        select value).ToArray();

    private static T[] Padded(ReadOnlySpan<T> values, int rows, int length, int storedRows)
    {
        T[] padded = new T[storedRows * length];
        Pad(values, rows, length, padded, repeatsFirstRow: true);
        return padded;
    }

    /// <summary>Unpacks item after item; rows beyond the given ones repeat row 0 or stay zero.</summary>
    private static void Scatter(IReadOnlyList<Sequence> items, ReadOnlySpan<T> packed, int rows, Tensors<T> tensors, bool repeatsFirstRow)
    {
        foreach (Sequence item in items)
        {
            int length = Tensors<T>.LengthOf(item);
            Pad(packed[..(rows * length)], rows, length, tensors.Add(item), repeatsFirstRow);
            packed = packed[(rows * length)..];
        }
    }

    private static void Pad(ReadOnlySpan<T> values, int rows, int length, T[] padded, bool repeatsFirstRow)
    {
        if (values.Length != rows * length)
            throw new ArgumentException($"{values.Length} values were given for {rows} rows of {length}.", nameof(values));
        values.CopyTo(padded);
        for (int row = rows; repeatsFirstRow && row < padded.Length / length; row++)
            values[..length].CopyTo(padded.AsSpan(row * length));
    }

    private static T[] Gather(IEnumerable<Sequence> items, Tensors<T> tensors, int rows) =>
        items.SelectMany(i => tensors[i].Take(rows * Tensors<T>.LengthOf(i))).ToArray();

    private T[] GatherInputGradients(Tensors<T> tensors, int rows)
    {
        List<T> packed = new();
        for (int i = 0; i < program.Inputs.Count; i++)
        {
            int length = rows * Tensors<T>.LengthOf(program.Inputs[i]);
            packed.AddRange(program.InputGradients[i] is { } gradient ? tensors[gradient].Take(length) : new T[length]);
        }

        return packed.ToArray();
    }
}
