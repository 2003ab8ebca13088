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
    /// <summary>Runs one time step.</summary>
    public abstract void Step(ReadOnlySpan<T> input, Span<T> output, ModelState<T> state);

    /// <summary>The <c>Step</c> of a model, or null if it does not stream.</summary>
    public static Stepper<T>? Of(IModel<T> model)
    {
        MethodInfo? method = model.GetType().GetMethods().SingleOrDefault(m => m.Name == "Step" && m.GetParameters().Length == 3);
        if (method is null)
            return null;
        Type state = method.GetParameters()[2].ParameterType;
        return (Stepper<T>)Activator.CreateInstance(typeof(Bound<>).MakeGenericType(typeof(T), state), model, method)!;
    }

    private delegate void Call<in TState>(ReadOnlySpan<T> input, Span<T> output, TState state);

    private sealed class Bound<TState>(IModel<T> model, MethodInfo method) : Stepper<T>
        where TState : ModelState<T>
    {
        private readonly Call<TState> _call = method.CreateDelegate<Call<TState>>(model);

        public override void Step(ReadOnlySpan<T> input, Span<T> output, ModelState<T> state) => _call(input, output, (TState)state);
    }
}
