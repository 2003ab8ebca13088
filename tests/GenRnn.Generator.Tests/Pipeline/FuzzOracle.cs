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
using GenRnn.Interpreter;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>Runs every model of a compilation beside the interpreter of its spec: outputs, parameter gradients and input gradients, and time steps. A model of doubles
/// is compared with the mathematics as well.</summary>
internal static class FuzzOracle
{
    /// <param name="result">The compilation and what Gen added.</param>
    /// <param name="name">What a failure is called after.</param>
    /// <returns>Number of models that were compared, of those that stream among them, and the greatest difference between a model of doubles and the mathematics.</returns>
    public static (int Models, int Streaming, double Error) Check(GeneratorResult result, string name)
    {
        Assert.Empty(result.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        AssemblyLoadContext context = new(name, isCollectible: true);
        int models = 0, streaming = 0;
        double error = 0;
        foreach (Type type in context.LoadFromStream(new MemoryStream(result.Image)).GetTypes().Where(t => t.GetInterfaces().Any(i => i.Name == "IModel`1")))
        {
            ModelSpec spec = CellDeclarations.Join(GeneratorHost.ParseModel(result.Before, type.FullName!).Spec, result.Before, CancellationToken.None);
            Type closed = type.IsGenericTypeDefinition ? type.MakeGenericType(type.GetGenericArguments().Select(_ => typeof(int)).ToArray()) : type;
            object model = Activator.CreateInstance(closed, BindingFlags.Instance | BindingFlags.Public, null, [3], null)!;
            string source = result.Before.GetTypeByMetadataName(type.FullName!)!.DeclaringSyntaxReferences[0].SyntaxTree.ToString();
            string what = name + ", " + type.FullName + ":\n" + Declaration(source, type.Namespace!) + "\n";
            (bool streams, double difference) = model is IModel<float> single
                ? Compare(single, ModelInterpreter.ExactSingle(spec), null, GradientOrder.Of(spec), what)
                : Compare((IModel<double>)model, ModelInterpreter.ExactDouble(spec), ModelInterpreter.Textbook(spec), GradientOrder.Of(spec), what);
            error = Math.Max(error, difference);
            streaming += streams ? 1 : 0;
            models++;
        }

        context.Unload();
        return (models, streaming, error);
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
    /// <param name="what">What a failure says before anything else.</param>
    /// <returns>Whether the model streams, and how far its values are from the mathematics, by the greatest value of the same array.</returns>
    private static (bool Streams, double Error) Compare<T>(
        IModel<T> model, ModelInterpreter<T> interpreter, ModelInterpreter<T>? mathematics, GradientOrder order, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.GetInfo();
        int rows = Math.Max(1, info.Batch - 1);
        Random random = new(17);
        T[] Values(int count) => Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextSingle() - 0.5f)).ToArray();
        T[] parameters = Values(info.ParameterCount);
        T[] inputs = Values(rows * info.InputLength);
        int index = 0;
        foreach (TensorInfo input in info.Inputs)
        {
            for (int end = index + rows * input.Length; index < end; index++)
                inputs[index] = input.Vocabulary == 0 ? inputs[index] : T.Floor((inputs[index] + T.CreateChecked(0.5)) * T.CreateChecked(input.Vocabulary));
        }
        SetLengths(info, inputs, rows, random);
        T[] upstream = Values(rows * info.OutputLength);
        model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));

        T[] predicted = new T[upstream.Length];
        model.Predict(Turn(info, info.Inputs, inputs, rows, back: false), predicted);
        AssertSameBits(interpreter.Predict(inputs, parameters).Outputs, Turn(info, info.Outputs, predicted, rows, back: true), what + ": predictions");

        bool streams = FuzzSteps.Check(model, interpreter, inputs, rows, (e, f, step) => AssertSameBits(e, f, what + ": " + step));

        ModelWorkspace<T> workspace = model.CreateWorkspace();
        workspace.Seed = -5;
        workspace.TrainingCalls = long.MaxValue - 1;
        T[] outputs = new T[upstream.Length];
        T[] inputGradients = new T[inputs.Length];
        model.Forward(Turn(info, info.Inputs, inputs, rows, back: false), outputs, null, workspace, training: true);
        model.Backward(Turn(info, info.Outputs, upstream, rows, back: false), inputGradients, workspace);
        var call = new TrainingCall(-5, long.MaxValue);
        InterpretedPass<T> expected = interpreter.Differentiate(inputs, parameters, upstream, order, call: call);

        AssertSameBits(expected.Outputs, Turn(info, info.Outputs, outputs, rows, back: true), what + ": outputs");
        AssertSameBits(expected.Gradients, workspace.Gradients, what + ": gradients");
        AssertSameBits(expected.InputGradients, Turn(info, info.Inputs, inputGradients, rows, back: true), what + ": input gradients");
        if (mathematics is null)
            return (streams, 0);

        InterpretedPass<T> meant = mathematics.Differentiate(inputs, parameters, upstream, order, call: call);
        double[] errors =
        [
            Difference(mathematics.Predict(inputs, parameters).Outputs, Turn(info, info.Outputs, predicted, rows, back: true)),
            Difference(meant.Outputs, Turn(info, info.Outputs, outputs, rows, back: true)),
            Difference(meant.Gradients, workspace.Gradients),
            Difference(meant.InputGradients, Turn(info, info.Inputs, inputGradients, rows, back: true)),
        ];
        return (streams, errors.Max());
    }

    /// <summary>The greatest difference, by the greatest value; infinite where one of them is no number.</summary>
    private static double Difference<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T difference = T.Zero, magnitude = T.Epsilon;
        for (int i = 0; i < expected.Length; i++)
        {
            T d = T.Abs(found[i] - expected[i]);
            difference = T.IsNaN(d) ? T.PositiveInfinity : T.Max(difference, d);
            magnitude = T.Max(magnitude, T.Abs(expected[i]));
        }

        return double.CreateTruncating(difference / magnitude);
    }

    private static void SetLengths<T>(ModelInfo info, T[] inputs, int rows, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int start = 0;
        for (int i = 0; i < info.Inputs.Count; i++)
        {
            for (int row = 0; row < rows && info.Inputs[i].IsLengths; row++)
                inputs[start + row] = T.CreateChecked(1 + random.Next(info.Inputs[i - 1].TimeSteps));
            start += rows * info.Inputs[i].Length;
        }
    }

    /// <summary>The interpreter works batch-major; a time-major model's sequences are turned to its layout, or back.</summary>
    private static T[] Turn<T>(ModelInfo info, IReadOnlyList<TensorInfo> items, T[] values, int rows, bool back)
    {
        T[] turned = (T[])values.Clone();
        int start = 0;
        foreach (TensorInfo item in items)
        {
            for (int row = 0; row < rows && info.Layout == DataLayout.TimeMajor && item.TimeSteps > 0; row++)
            {
                for (int step = 0; step < item.TimeSteps; step++)
                {
                    int batchMajor = start + (row * item.TimeSteps + step) * item.Features;
                    int timeMajor = start + (step * rows + row) * item.Features;
                    Array.Copy(values, back ? timeMajor : batchMajor, turned, back ? batchMajor : timeMajor, item.Features);
                }
            }

            start += rows * item.Length;
        }

        return turned;
    }

    // Sign and payload of a NaN are outside the contract.
    private static void AssertSameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> found, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = T.IsNaN(expected[i]) ? T.IsNaN(found[i]) : expected[i] == found[i] && T.IsNegative(expected[i]) == T.IsNegative(found[i]);
            Assert.True(isSame, what + " differ at " + i + ": expected " + expected[i] + ", found " + found[i]);
        }
    }
}
