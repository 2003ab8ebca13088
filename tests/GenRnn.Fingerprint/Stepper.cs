using System;
using System.Linq;
using System.Numerics;
using System.Reflection;

namespace GenRnn.Fingerprint;

/// <summary>A model's <c>Step</c>, which is not part of <see cref="IModel{T}"/> because not every model streams.</summary>
/// <typeparam name="T">The element type.</typeparam>
public abstract class Stepper<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Runs one time step. Outputs are packed: item after item, each rows x its features.</summary>
    public abstract void Step(ReadOnlySpan<T> input, Span<T> output, ModelState<T> state);

    /// <summary>The <c>Step</c> of a model, or null if it does not stream.</summary>
    public static Stepper<T>? Of(IModel<T> model)
    {
        MethodInfo? method = model.GetType().GetMethods().SingleOrDefault(m => m.Name == "Step");
        if (method is null)
            return null;
        Type state = method.GetParameters()[^1].ParameterType;
        Type bound = method.GetParameters().Length switch
        {
            3 => typeof(Bound<>),
            5 => typeof(BoundWithTwo<>),
            int count => throw new NotSupportedException($"{model.GetType()}.Step has {count} parameters."),
        };
        return (Stepper<T>)Activator.CreateInstance(bound.MakeGenericType(typeof(T), state), model, method)!;
    }

    private delegate void Call<in TState>(ReadOnlySpan<T> input, Span<T> output, TState state);

    private delegate void CallWithTwo<in TState>(ReadOnlySpan<T> input, Span<T> output, Span<T> first, Span<T> second, TState state);

    private sealed class Bound<TState>(IModel<T> model, MethodInfo method) : Stepper<T>
        where TState : ModelState<T>
    {
        private readonly Call<TState> _call = method.CreateDelegate<Call<TState>>(model);

        public override void Step(ReadOnlySpan<T> input, Span<T> output, ModelState<T> state) => _call(input, output, (TState)state);
    }

    /// <summary>A model with two further outputs, each a span of its own.</summary>
    private sealed class BoundWithTwo<TState>(IModel<T> model, MethodInfo method) : Stepper<T>
        where TState : ModelState<T>
    {
        private readonly CallWithTwo<TState> _call = method.CreateDelegate<CallWithTwo<TState>>(model);
        private readonly int[] _widths = model.GetInfo().Outputs.Select(o => o.Features).ToArray();

        public override void Step(ReadOnlySpan<T> input, Span<T> output, ModelState<T> state)
        {
            int first = state.Rows * _widths[0], second = first + state.Rows * _widths[1];
            _call(input, output[..first], output[first..second], output[second..], (TState)state);
        }
    }
}
