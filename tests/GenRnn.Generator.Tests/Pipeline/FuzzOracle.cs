using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Generator.Tests.Memory;
using GenRnn.Interpreter;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>What became of a compilation's models.</summary>
/// <param name="Models">Number of models that were compared.</param>
/// <param name="Streaming">Of those that stream among them.</param>
/// <param name="Errors">How far each model of doubles is from the mathematics, by the greatest value of the same array.</param>
/// <param name="Failures">What was wrong, model by model.</param>
internal sealed record FuzzReport(int Models, int Streaming, IReadOnlyList<(string Model, double Error)> Errors, IReadOnlyList<string> Failures);

/// <summary>Runs every model of a compilation beside the interpreter of its spec: outputs, parameter gradients and input gradients, and time steps. A model of doubles
/// is compared with the mathematics as well.</summary>
internal static class FuzzOracle
{
    /// <param name="result">The compilation and what Gen added.</param>
    /// <param name="name">What a failure is called after.</param>
    /// <param name="rowsOf">Rows of the calls; null, the default, for one less than the batch.</param>
    /// <param name="also">What else is to be done with each model, whose weights are random; it is given what a failure says before anything else.</param>
    public static FuzzReport Check(GeneratorResult result, string name, Func<ModelInfo, IEnumerable<int>>? rowsOf = null, Action<object, string>? also = null)
    {
        Assert.Empty(result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        AssemblyLoadContext context = new(name, isCollectible: true);
        int models = 0, streaming = 0;
        var errors = new List<(string, double)>();
        var failures = new List<string>();
        foreach (Type type in context.LoadFromStream(new MemoryStream(result.Image)).GetTypes().Where(t => t.GetInterfaces().Any(i => i.Name == "IModel`1")))
        {
            ModelSpec spec = CellDeclarations.Join(GeneratorHost.ParseModel(result.Before, type.FullName!).Spec, result.Before, CancellationToken.None);
            if (spec.IsCell)
                spec = SteppedCell.ModelOf(spec);
            Type closed = type.IsGenericTypeDefinition ? type.MakeGenericType(type.GetGenericArguments().Select(_ => typeof(int)).ToArray()) : type;
            string source = result.Before.GetTypeByMetadataName(type.FullName!)!.DeclaringSyntaxReferences[0].SyntaxTree.ToString();
            string what = name + ", " + type.FullName + ":\n" + Declaration(source, type.Namespace!) + "\n";
            models++;
            try
            {
                object model = Activator.CreateInstance(closed, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, [3], null)!;
                (bool streams, double difference) = model is IModel<float> single
                    ? Compare(single, ModelInterpreter.ExactSingle(spec), null, GradientOrder.Of(spec), rowsOf, what)
                    : Compare((IModel<double>)model, ModelInterpreter.ExactDouble(spec), ModelInterpreter.Textbook(spec), GradientOrder.Of(spec), rowsOf, what);
                errors.Add((type.FullName!, difference));
                streaming += streams ? 1 : 0;
                also?.Invoke(model, what);
            }
            catch (Exception failure) when (also is not null)
            {
                // The others go on: one run of many models finds all that is wrong.
                failures.Add((failure.Message.StartsWith(what, StringComparison.Ordinal) ? "" : what) + (failure is Xunit.Sdk.XunitException ? failure.Message : failure.ToString()));
            }
        }

        context.Unload();
        return new FuzzReport(models, streaming, errors, failures);
    }

    /// <summary>The namespace of one model, out of many in a file; the file if the model has it for itself.</summary>
    private static string Declaration(string source, string @namespace)
    {
        int start = source.IndexOf("namespace " + @namespace + " ", StringComparison.Ordinal);
        if (start < 0)
            return source;
        int end = source.IndexOf("\nnamespace ", start + 1, StringComparison.Ordinal);
        return end < 0 ? source[start..] : source[start..end];
    }

    /// <param name="model">The generated model.</param>
    /// <param name="interpreter">Gives its bits.</param>
    /// <param name="mathematics">Gives its values, if they are to be compared too.</param>
    /// <param name="order">The order of its gradient sums.</param>
    /// <param name="rowsOf">Rows of the calls.</param>
    /// <param name="what">What a failure says before anything else.</param>
    /// <returns>Whether the model streams, and how far its values are from the mathematics, by the greatest value of the same array.</returns>
    private static (bool Streams, double Error) Compare<T>(
        IModel<T> model, ModelInterpreter<T> interpreter, ModelInterpreter<T>? mathematics, GradientOrder order, Func<ModelInfo, IEnumerable<int>>? rowsOf, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        Random random = new(17);
        T[] parameters = PackedValues.Numbers<T>(info.ParameterCount, random);
        model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));
        bool streams = false;
        double error = 0;
        foreach (int rows in rowsOf?.Invoke(info) ?? [Math.Max(1, info.Batch - 1)])
        {
            T[] inputs = PackedValues.Inputs<T>(info, rows, random), upstream = PackedValues.Numbers<T>(rows * info.OutputLength, random);
            error = Math.Max(error, Compare(model, interpreter, mathematics, order, inputs, upstream, rows, what + ", " + rows + " rows: "));
            streams |= FuzzSteps.Check(model, interpreter, inputs, rows, (e, f, step) => SameBits.Assert<T>(e, f, what + step));
        }

        return (streams, error);
    }

    private static double Compare<T>(
        IModel<T> model, ModelInterpreter<T> interpreter, ModelInterpreter<T>? mathematics, GradientOrder order, T[] inputs, T[] upstream, int rows, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        T[] Callers(IReadOnlyList<TensorInfo> items, T[] values) => PackedValues.Turn(info, items, values, rows, back: false);
        T[] Ours(IReadOnlyList<TensorInfo> items, T[] values) => PackedValues.Turn(info, items, values, rows, back: true);
        T[] parameters = model.Parameters.ToArray(), predicted = new T[upstream.Length], outputs = new T[upstream.Length], inputGradients = new T[inputs.Length];
        model.Predict(Callers(info.Inputs, inputs), predicted);
        SameBits.Assert<T>(interpreter.Predict(inputs, parameters).Outputs, Ours(info.Outputs, predicted), what + "predictions");

        ModelWorkspace<T> workspace = model.CreateWorkspace();
        workspace.Seed = -5;
        workspace.TrainingCalls = long.MaxValue - 1;
        model.Forward(Callers(info.Inputs, inputs), outputs, null, workspace, training: true);
        model.Backward(Callers(info.Outputs, upstream), inputGradients, workspace);
        var call = new TrainingCall(-5, long.MaxValue);
        InterpretedPass<T> expected = interpreter.Differentiate(inputs, parameters, upstream, order, call: call);

        SameBits.Assert<T>(expected.Outputs, Ours(info.Outputs, outputs), what + "outputs");
        SameBits.Assert<T>(expected.Gradients, workspace.Gradients, what + "gradients");
        SameBits.Assert<T>(expected.InputGradients, Ours(info.Inputs, inputGradients), what + "input gradients");
        if (mathematics is null)
            return 0;

        InterpretedPass<T> meant = mathematics.Differentiate(inputs, parameters, upstream, order, call: call);
        double[] errors =
        [
            Difference(mathematics.Predict(inputs, parameters).Outputs, Ours(info.Outputs, predicted)),
            Difference(meant.Outputs, Ours(info.Outputs, outputs)),
            Difference(meant.Gradients, workspace.Gradients),
            Difference(meant.InputGradients, Ours(info.Inputs, inputGradients)),
        ];
        return errors.Max();
    }

    /// <summary>The greatest difference, by the greatest value; infinite where one of them is no number.</summary>
    private static double Difference<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T difference = T.Zero, magnitude = T.Epsilon;
        for (int i = 0; i < expected.Length; i++)
        {
            if (found[i].Equals(expected[i]))
                continue;
            T d = T.Abs(found[i] - expected[i]);
            difference = T.IsNaN(d) ? T.PositiveInfinity : T.Max(difference, d);
        }

        foreach (T value in expected)
            magnitude = T.IsFinite(value) ? T.Max(magnitude, T.Abs(value)) : magnitude;

        return double.CreateTruncating(difference / magnitude);
    }
}
