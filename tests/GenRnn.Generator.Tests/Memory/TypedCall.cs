using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;

namespace GenRnn.Generator.Tests.Memory;

/// <summary>A member of a model's class with its inputs in one span and its outputs in another, item after item.</summary>
internal delegate void TypedCall<T>(ReadOnlySpan<T> inputs, Span<T> outputs, object memory)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>Members that <see cref="IModel{T}"/> does not have.</summary>
internal static class TypedCalls<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Predict in the memory of a workspace; null where lengths, which are int there, are handed over.</summary>
    public static TypedCall<T>? Predict(IModel<T> model, int rows)
    {
        ModelInfo info = model.Info;
        MethodInfo? predict = model.GetType().GetMethods().SingleOrDefault(m => m.Name == "Predict" && typeof(ModelWorkspace<T>).IsAssignableFrom(m.GetParameters()[^1].ParameterType));
        return predict is null || info.Inputs.Any(i => i.IsLengths) ? null : Bind(model, predict, info.Inputs.Select(i => rows * i.Length), info.Outputs.Select(o => rows * o.Length));
    }

    private static TypedCall<T> Bind(IModel<T> model, MethodInfo method, IEnumerable<int> inputs, IEnumerable<int> outputs)
    {
        ParameterExpression input = Expression.Parameter(typeof(ReadOnlySpan<T>)), output = Expression.Parameter(typeof(Span<T>)), memory = Expression.Parameter(typeof(object));
        return Expression.Lambda<TypedCall<T>>(
            Expression.Call(
                Expression.Constant(model, model.GetType()), method,
                [.. Slices(input, inputs), .. Slices(output, outputs), Expression.Convert(memory, method.GetParameters()[^1].ParameterType)]),
            input, output, memory).Compile();
    }

    private static IEnumerable<Expression> Slices(Expression span, IEnumerable<int> lengths)
    {
        int start = 0;
        foreach (int length in lengths)
        {
            yield return Expression.Call(span, nameof(Span<T>.Slice), null, Expression.Constant(start), Expression.Constant(length));
            start += length;
        }
    }
}
