using System.Collections.Generic;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>A golden case in the terms of a generated model: rows first, Keras' weights, inputs and outputs in order of declaration.</summary>
/// <param name="Case">Where it comes from.</param>
/// <param name="Declaration">What is compiled.</param>
/// <param name="Rows">Rows of its data.</param>
/// <param name="Weights">All weights, in the order of <c>get_weights()</c>.</param>
internal abstract record Plan(GoldenCase Case, Declaration Declaration, int Rows, IReadOnlyList<Tensor> Weights);

/// <summary>A forward pass and, if <see cref="Upstream"/> is given, a backward pass.</summary>
/// <param name="Case">Where it comes from.</param>
/// <param name="Declaration">What is compiled.</param>
/// <param name="Rows">Rows of its data.</param>
/// <param name="Weights">All weights.</param>
/// <param name="Inputs">One a declared input.</param>
/// <param name="Outputs">One a declared output.</param>
/// <param name="Upstream">Gradients of the outputs; empty if the case has no gradients.</param>
/// <param name="WeightGradients">One a trainable weight.</param>
/// <param name="InputGradients">One a declared input, null where the case does not say it.</param>
internal sealed record PassPlan(
    GoldenCase Case,
    Declaration Declaration,
    int Rows,
    IReadOnlyList<Tensor> Weights,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<Tensor> Outputs,
    IReadOnlyList<Tensor> Upstream,
    IReadOnlyList<Tensor> WeightGradients,
    IReadOnlyList<Tensor?> InputGradients) : Plan(Case, Declaration, Rows, Weights);

/// <summary>Calls that carry a state on.</summary>
internal sealed record StatefulPlan(
    GoldenCase Case,
    Declaration Declaration,
    int Rows,
    IReadOnlyList<Tensor> Weights,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<Tensor> Outputs,
    Tensor AfterReset) : Plan(Case, Declaration, Rows, Weights);

/// <summary>A whole fit, in batches of so many rows.</summary>
internal sealed record FitPlan(FitGolden Golden, Declaration Declaration, int Rows) : Plan(Golden, Declaration, Rows, Golden.Weights);

/// <summary>Steps of full-batch training.</summary>
internal sealed record TrainingPlan(
    TrainingGolden Golden,
    Declaration Declaration,
    int Rows,
    Optimizer Optimizer,
    Loss Loss) : Plan(Golden, Declaration, Rows, Golden.Weights);
