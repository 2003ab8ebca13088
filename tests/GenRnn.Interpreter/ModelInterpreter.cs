using System;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Spec;

namespace GenRnn.Interpreter;

/// <summary>What one pass of the interpreter gives.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Outputs">Packed: output after output, each rows x its length per row.</param>
/// <param name="States">The carried states after the last step, [rows, width] each, in the order of the forward regions; then histories, [rows, steps, width].</param>
/// <param name="Gradients">Of all parameters, dense, in Keras' order; empty if the pass was only forward.</param>
/// <param name="InputGradients">Packed as the inputs are; zeros for an input that reaches no output. Empty if the pass was only forward.</param>
public sealed record InterpretedPass<T>(T[] Outputs, T[][] States, T[] Gradients, T[] InputGradients)
{
    /// <summary>Which steps of the main output count, [rows, steps]; empty if all do, or if the pass was only forward.</summary>
    public T[] OutputMask { get; init; } = [];

    /// <summary>What activity penalties add for each row; empty if there are none, or if the pass was only forward.</summary>
    public T[] Penalties { get; init; } = [];

    /// <summary>What is behind the main output, [rows, steps, width]; empty if that is no sigmoid or softmax, or if the pass was only forward.</summary>
    public T[] Logits { get; init; } = [];

    /// <summary>What the batch says of itself, statistic after statistic; empty if the pass was only forward.</summary>
    public T[] Statistics { get; init; } = [];
}

/// <summary>Executes a model's program as the numeric contract says, slowly and literally: the oracle of generated code.</summary>
/// <typeparam name="T">The element type.</typeparam>
public abstract class ModelInterpreter<T>
    where T : unmanaged
{
    /// <summary>The program that is executed.</summary>
    public abstract Program Program { get; }

    /// <summary>Forward, every row by itself.</summary>
    /// <param name="inputs">Packed: input after input, each rows x its length per row.</param>
    /// <param name="parameters">Dense, in Keras' order.</param>
    /// <param name="states">What carried states start from, as <see cref="InterpretedPass{T}.States"/> gives it; null means zeros.
    /// A state that starts from a vector of the model does so in any case.</param>
    /// <param name="call">What masks are drawn from; null, the default, for none: inference.</param>
    public abstract InterpretedPass<T> Predict(ReadOnlySpan<T> inputs, ReadOnlySpan<T> parameters, T[][]? states = null, TrainingCall? call = null);

    /// <summary>Forward and backward. Up to <see cref="GradientOrder.Batch"/> rows; the rest is padded with row 0 and no upstream.</summary>
    /// <param name="inputs">Packed, as in <see cref="Predict"/>.</param>
    /// <param name="parameters">Dense, in Keras' order.</param>
    /// <param name="upstream">Gradient of the loss, packed as the outputs are.</param>
    /// <param name="order">The compiled batch and the order of the parameters' sums.</param>
    /// <param name="states">As in <see cref="Predict"/>.</param>
    /// <param name="isTraining">Whether the pass is one of training; statistics of the batch differ.</param>
    /// <param name="call">As in <see cref="Predict"/>.</param>
    /// <param name="ofLogits">Gradient of the loss by the logits behind the main output, in its shape; empty for zeros.</param>
    public abstract InterpretedPass<T> Differentiate(
        ReadOnlySpan<T> inputs, ReadOnlySpan<T> parameters, ReadOnlySpan<T> upstream, GradientOrder order, T[][]? states = null, bool isTraining = true,
        TrainingCall? call = null, ReadOnlySpan<T> ofLogits = default);
}

/// <summary>Interpreters by numeric mode.</summary>
public static class ModelInterpreter
{
    /// <summary>Mathematics in double.</summary>
    public static ModelInterpreter<double> Textbook(Program program) => new ProgramInterpreter<double, IeeeNumbers<double, TextbookArithmetic>>(program);

    /// <inheritdoc cref="Textbook(Program)"/>
    public static ModelInterpreter<double> Textbook(ModelSpec spec) => Textbook(CompiledProgram.Of(spec));

    /// <summary>The bits of a generated float model.</summary>
    public static ModelInterpreter<float> ExactSingle(Program program) => new ProgramInterpreter<float, IeeeNumbers<float, ExactSingleArithmetic>>(program);

    /// <inheritdoc cref="ExactSingle(Program)"/>
    public static ModelInterpreter<float> ExactSingle(ModelSpec spec) => ExactSingle(CompiledProgram.Of(spec));

    /// <summary>The bits of a generated double model.</summary>
    public static ModelInterpreter<double> ExactDouble(Program program) => new ProgramInterpreter<double, IeeeNumbers<double, ExactDoubleArithmetic>>(program);

    /// <inheritdoc cref="ExactDouble(Program)"/>
    public static ModelInterpreter<double> ExactDouble(ModelSpec spec) => ExactDouble(CompiledProgram.Of(spec));
}
