using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>After construction nothing on the hot paths allocates.</summary>
public sealed class AllocationTests
{
    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    public static IEnumerable<object[]> StreamingModels() => PropertyModels.StreamingNames();

    [Theory]
    [MemberData(nameof(Models))]
    public void PredictAllocatesNothing(string name)
    {
        foreach (int batch in new[] { 1, 5, 32 })
        {
            IModel<float> model = PropertyModels.Create(name, new Variant(batch));
            ModelInfo info = model.Info;
            foreach (int rows in new[] { 1, batch, 2 * batch + 3 })
            {
                var x = new float[rows * info.InputLength];
                var y = new float[rows * info.OutputLength];
                AssertAllocatesNothing(() => model.Predict(x, y));
            }

            ModelState<float> state = model.CreateState(1);
            float[] row = new float[info.InputLength], output = new float[info.OutputLength];
            AssertAllocatesNothing(() => model.Predict(row, output, state));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ForwardBackwardAndUpdateAllocateNothing(string name)
    {
        foreach (Optimizer optimizer in new Optimizer[] { new Sgd { Momentum = 0.9 }, new Adam { GlobalClipNorm = 1 } })
        {
            IModel<float> model = PropertyModels.Create(name, new Variant(32));
            ModelInfo info = model.Info;
            ModelWorkspace<float> workspace = model.CreateWorkspace();
            OptimizerState<float> update = optimizer.CreateState<float>(info);
            var pass = (Optimizer: update, Workspace: workspace);
            foreach (int rows in new[] { 32, 3 })
            {
                float[] x = new RandomValues(1).Next<float>(rows * info.InputLength), gradient = new float[x.Length];
                float[] y = new float[rows * info.OutputLength], upstream = new RandomValues(2).Next<float>(y.Length);
                AssertAllocatesNothing(() =>
                {
                    model.Forward(x, y, null, workspace, training: true);
                    model.Backward(upstream, gradient, workspace);
                    model.UpdateParameters(pass, static (parameters, p) => p.Optimizer.Apply(p.Workspace.Gradients, parameters));
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(StreamingModels))]
    public void StepAllocatesNothing(string name)
    {
        foreach (int batch in new[] { 1, 32 })
        {
            IModel<float> model = PropertyModels.Create(name, new Variant(batch));
            ModelInfo info = model.Info;
            var stepper = (IStreamingModel<float>)model;
            foreach (int rows in new[] { 1, batch })
            {
                ModelState<float> state = model.CreateState(rows);
                var x = new float[rows * info.Inputs[0].Features];
                var y = new float[rows * info.Outputs.Sum(o => o.Features)];
                AssertAllocatesNothing(() => stepper.Step(x, y, state));
            }
        }
    }

    private static void AssertAllocatesNothing(Action action)
    {
        // The first calls may compile, and fill the cache of workspaces.
        for (int i = 0; i < 3; i++)
            action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
