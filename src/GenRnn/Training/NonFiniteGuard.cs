using System;
using System.Globalization;
using System.Numerics;

namespace GenRnn;

/// <summary>Looks at the loss, the gradients and the new weights of each training step, and throws where they are infinite or not numbers.</summary>
internal sealed class NonFiniteGuard<T>(ModelInfo info, BatchRunner<T> runner)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Before the update: throws while the weights are still those of before the step.</summary>
    public void CheckStep(double loss, BoundDataSet<T> data, ReadOnlySpan<int> rows, StepNumber step)
    {
        if (!double.IsFinite(loss))
            throw Unchanged(string.Create(CultureInfo.InvariantCulture, $"the loss is {loss}"), data, rows, step);
        if (!Finite.All(runner.Gradients))
            throw Unchanged($"the loss is finite, but the gradient of {FirstIn(runner.Gradients)} is not", data, rows, step);
    }

    /// <summary>After the update.</summary>
    public void CheckParameters(ReadOnlySpan<T> parameters, StepNumber step)
    {
        if (!Finite.All(parameters))
            throw new NonFiniteException($"{info.Name}, {step}: the update of finite gradients made {FirstIn(parameters)} infinite or NaN. Try a lower learning rate.", step.Epoch, step.Batch, null);
    }

    private NonFiniteException Unchanged(string what, BoundDataSet<T> data, ReadOnlySpan<int> rows, StepNumber step)
    {
        int? row = runner.FindNonFiniteRow(data, rows) is { } place ? checked((int)(place + data.Offset)) : null;
        string where = row is { } found ? string.Create(CultureInfo.InvariantCulture, $"{step}, row {found}") : step.ToString();
        return new NonFiniteException($"{info.Name}, {where}: {what}. The weights are those of before this batch.", step.Epoch, step.Batch, row);
    }

    private string FirstIn(ReadOnlySpan<T> values)
    {
        foreach (VariableInfo variable in info.Variables)
        {
            if (!Finite.All(values.Slice(variable.Offset, variable.Length)))
                return variable.Path;
        }

        return info.Name;
    }
}

/// <summary>Which training step, both from 1; epoch 0 is outside of any.</summary>
internal readonly record struct StepNumber(int Epoch, int Batch)
{
    public override string ToString() => Epoch == 0 ? "single batch" : string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}, batch {Batch}");
}
