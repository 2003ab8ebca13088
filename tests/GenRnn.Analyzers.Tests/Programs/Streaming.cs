using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn;

/// <summary>Streams: a past that prepares the state, then live values; two machines in turn; a stateful model in whole batches.</summary>
public static class Streaming
{
    public static void Watch(Forecaster model, float[] past, IEnumerable<float[]> live)
    {
        var state = model.CreateState();
        var y = new float[Forecaster.OutputLength];
        model.Predict(past, y, state);
        foreach (float[] values in live)
        {
            model.Step(values, y, state);
            Console.WriteLine(y[0]);
        }
    }

    public static void Turns(Forecaster model, float[] left, float[] right)
    {
        var a = model.CreateState();
        var b = model.CreateState();
        var y = new float[2];
        for (int t = 0; t < left.Length / 3; t++)
        {
            model.Step(left.AsSpan(t * 3, 3), y, a);
            model.Step(right.AsSpan(t * 3, 3), y, b);
        }
    }

    public static void Windows(Detector model, float[][] days)
    {
        var state = model.CreateState();
        var scores = new float[Detector.Batch * Detector.OutputLength];
        foreach (float[] day in days)
            model.Predict(day, scores, state);
        state.Reset();
        model.Predict(days[0], scores, state);
        byte[] saved = new byte[state.ByteCount];
        state.Write(saved);
        var single = model.CreateState(1);
        model.Step(new float[Detector.StepInputLength], new float[Detector.StepOutputLength], single);
    }
}
