using System;
using System.Collections.Generic;
using GenRnn.CompilerServices;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>The pieces of a training pass are refused out of order, out of range and in foreign memory; what was refused changed nothing.</summary>
public sealed class PieceTests
{
    private static readonly Variant Batch32 = new(32);

    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    [Theory]
    [MemberData(nameof(Models))]
    public void WhatIsRefusedChangesNothing(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch32);
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        var random = new RandomValues(1);
        const int Rows = 20;
        float[] x = random.Next<float>(Rows * info.InputLength), upstream = random.Next<float>(Rows * info.OutputLength);
        float[] y = new float[upstream.Length], dx = new float[x.Length], expected = new float[y.Length], expectedDx = new float[x.Length];
        ModelWorkspace<float> workspace = model.CreateWorkspace(), whole = model.CreateWorkspace();
        model.Forward(x, expected, null, whole, training: true);
        model.Backward(upstream, expectedDx, whole);

        Refuse<InvalidOperationException>(() => pieces.ForwardRows(workspace, 0, 16));
        Refuse<InvalidOperationException>(() => pieces.EndForward(y, null, workspace));
        Refuse<InvalidOperationException>(() => pieces.BeginBackward(upstream, workspace, inputGradient: true));

        pieces.BeginForward(x, null, workspace, training: true);
        foreach ((int first, int count) in WrongRanges)
            Refuse<ArgumentOutOfRangeException>(() => pieces.ForwardRows(workspace, first, count));
        Refuse<InvalidOperationException>(() => pieces.EndForward(y, null, workspace));
        Refuse<InvalidOperationException>(() => pieces.BackwardRows(workspace, 0, 16));
        Refuse<InvalidOperationException>(() => pieces.ParameterGradients(workspace, 0, 1));
        Refuse<InvalidOperationException>(() => pieces.BeginBackward(upstream, workspace, inputGradient: true));
        pieces.ForwardRows(workspace, 16, 16);
        Refuse<InvalidOperationException>(() => pieces.EndForward(y, null, workspace));
        Refuse<InvalidOperationException>(() => pieces.ForwardRows(workspace, 0, 32));
        pieces.ForwardRows(workspace, 0, 16);
        Refuse<ArgumentException>(() => pieces.EndForward(y.AsSpan(1), null, workspace));
        Refuse<ArgumentException>(() => pieces.EndForward(y, new ForeignState(info), workspace));
        pieces.EndForward(y, null, workspace);
        Refuse<InvalidOperationException>(() => pieces.ForwardRows(workspace, 0, 16));

        Refuse<ArgumentException>(() => pieces.BeginBackward(upstream.AsSpan(1), workspace, inputGradient: true));
        Refuse<InvalidOperationException>(() => pieces.BackwardRows(workspace, 0, 16));
        pieces.BeginBackward(upstream, workspace, inputGradient: true);
        foreach ((int first, int count) in WrongRanges)
            Refuse<ArgumentOutOfRangeException>(() => pieces.BackwardRows(workspace, first, count));
        pieces.BackwardRows(workspace, 0, 16);
        Refuse<InvalidOperationException>(() => pieces.BackwardRows(workspace, 0, 16));
        Refuse<InvalidOperationException>(() => pieces.ParameterGradients(workspace, 0, 1));
        pieces.BackwardRows(workspace, 16, 16);
        Refuse<InvalidOperationException>(() => pieces.EndBackward(dx, workspace));
        foreach ((int part, int parts) in new[] { (0, 0), (-1, 3), (3, 3), (0, -1), (int.MinValue, 3) })
            Refuse<ArgumentOutOfRangeException>(() => pieces.ParameterGradients(workspace, part, parts));
        pieces.ParameterGradients(workspace, 1, 2);
        Refuse<InvalidOperationException>(() => pieces.EndBackward(dx, workspace));
        Refuse<InvalidOperationException>(() => pieces.ParameterGradients(workspace, 2, 3));
        pieces.ParameterGradients(workspace, 0, 2);
        Refuse<ArgumentException>(() => pieces.EndBackward(dx.AsSpan(1), workspace));
        pieces.EndBackward(dx, workspace);
        Refuse<InvalidOperationException>(() => pieces.EndBackward(dx, workspace));
        Refuse<InvalidOperationException>(() => pieces.BeginBackward(upstream, workspace, inputGradient: true));

        Bits.AssertEqual<float>(expected, y, "outputs");
        Bits.AssertEqual<float>(expectedDx, dx, "input gradients");
        Bits.AssertEqual<float>(whole.Gradients, workspace.Gradients, "gradients");
    }

    /// <summary>Products of tiles and parts pass 2^31: a part that wraps would start in front of the gradients.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void AnyNumberOfPartsIsCutInLong(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch32);
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        float[] x = new RandomValues(2).Next<float>(info.InputLength), y = new float[info.OutputLength];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        model.Forward(x, y, null, workspace, training: true);
        pieces.BeginBackward(y, workspace, inputGradient: false);
        pieces.BackwardRows(workspace, 0, 32);
        foreach (int part in new[] { 0, 1 << 29, 1_500_000_000, int.MaxValue - 1 })
            pieces.ParameterGradients(workspace, part, int.MaxValue);
        Refuse<InvalidOperationException>(() => pieces.EndBackward(default, workspace));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void MemoryThatTheModelDidNotMakeIsRefused(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch32);
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        float[] x = new float[32 * info.InputLength], y = new float[32 * info.OutputLength];
        // It says that it is the model's, and has no memory at all.
        var forged = new ForeignWorkspace(info);
        forged.Begin(32, training: true);
        foreach (ModelWorkspace<float> workspace in new[] { forged, PropertyModels.Create(name, new Variant(5)).CreateWorkspace() })
        {
            Refuse<ArgumentException>(() => model.Forward(x, y, null, workspace, training: true));
            Refuse<ArgumentException>(() => pieces.BeginForward(x, null, workspace, training: true));
            Refuse<ArgumentException>(() => pieces.ForwardRows(workspace, 0, 32));
            Refuse<ArgumentException>(() => pieces.EndForward(y, null, workspace));
            Refuse<ArgumentException>(() => model.Backward(y, default, workspace));
            Refuse<ArgumentException>(() => pieces.BeginBackward(y, workspace, inputGradient: false));
            Refuse<ArgumentException>(() => pieces.BackwardRows(workspace, 0, 32));
            Refuse<ArgumentException>(() => pieces.ParameterGradients(workspace, 0, 1));
            Refuse<ArgumentException>(() => pieces.EndBackward(default, workspace));
        }

        foreach (ModelState<float> state in new[] { new ForeignState(info), PropertyModels.Create(name, new Variant(5)).CreateState(1) })
        {
            Refuse<ArgumentException>(() => model.Predict(x, y, state));
            Refuse<ArgumentException>(() => model.Forward(x, y, state, model.CreateWorkspace(), training: true));
            Refuse<ArgumentException>(() => pieces.BeginForward(x, state, model.CreateWorkspace(), training: true));
        }

        Refuse<ArgumentNullException>(() => pieces.ForwardRows(null!, 0, 32));
        Refuse<ArgumentNullException>(() => pieces.EndBackward(default, null!));
    }

    [Fact]
    public void AnInputGradientThatWasNotAskedForIsNotHandedOut()
    {
        IModel<float> model = PropertyModels.Create("Forecaster", Batch32);
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        float[] x = new float[info.InputLength], y = new float[info.OutputLength];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        model.Forward(x, y, null, workspace, training: true);
        pieces.BeginBackward(y, workspace, inputGradient: false);
        pieces.BackwardRows(workspace, 0, 32);
        pieces.ParameterGradients(workspace, 0, 1);
        Refuse<ArgumentException>(() => pieces.EndBackward(x, workspace));
        pieces.EndBackward(default, workspace);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TwoCallsInOneMemoryAreFoundOut(string name)
    {
        IModel<float> model = PropertyModels.Create(name, Batch32);
        var pieces = (IParallelPasses<float>)model;
        ModelInfo info = model.Info;
        float[] x = new RandomValues(3).Next<float>(32 * info.InputLength), y = new float[32 * info.OutputLength];
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        ModelState<float> state = model.CreateState(32);
        using (new PassUse<float>(workspace, null))
        {
            Refuse<InvalidOperationException>(() => model.Forward(x, y, null, workspace, training: true));
            Refuse<InvalidOperationException>(() => pieces.BeginForward(x, null, workspace, training: true));
        }

        using (new PassUse<float>(null, state))
        {
            Refuse<InvalidOperationException>(() => model.Predict(x, y, state));
            Refuse<InvalidOperationException>(() => model.Forward(x, y, state, workspace, training: true));
            Refuse<InvalidOperationException>(state.Reset);
            Refuse<InvalidOperationException>(() => state.Write(new byte[state.ByteCount]));
        }

        // Whether a call ended or threw, the next one finds its memory free.
        Refuse<ArgumentException>(() => model.Predict(x, y.AsSpan(1), state));
        Refuse<ArgumentException>(() => model.Forward(x, y.AsSpan(1), state, workspace, training: true));
        model.Forward(x, y, state, workspace, training: true);
        using (new PassUse<float>(workspace, null))
            Refuse<InvalidOperationException>(() => model.Backward(y, default, workspace));
        model.Backward(y, default, workspace);
        model.Predict(x, y, state);
    }

    private static (int First, int Count)[] WrongRanges =>
        [(-16, 16), (1, 16), (8, 24), (0, 0), (0, -16), (0, 8), (0, 33), (16, 32), (32, 16), (48, 16), (0, int.MaxValue), (int.MinValue, 16), (16, int.MaxValue)];

    private static void Refuse<TException>(Action call)
        where TException : Exception => Assert.ThrowsAny<TException>(call);

    private sealed class ForeignWorkspace(ModelInfo info) : ModelWorkspace<float>(info, 0);

    private sealed class ForeignState(ModelInfo info) : ModelState<float>(info, 32, new StateLayout { ArenaLength = 0 });
}
