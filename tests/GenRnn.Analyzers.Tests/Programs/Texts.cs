using System;
using System.Collections.Generic;
using GenRnn;

/// <summary>Texts of unequal length, and a decoder that feeds itself.</summary>
public static class Texts
{
    public static int Classify(Classifier model, int[] ids)
    {
        int length = Math.Min(ids.Length, Classifier.TimeSteps);
        var padded = new float[Classifier.InputLength];
        for (int i = 0; i < length; i++)
            padded[i] = ids[i];
        Span<float> classes = stackalloc float[Classifier.OutputLength];
        model.Predict(padded, [length], classes);
        return classes.IndexOf(classes[0]);
    }

    public static void Train(Classifier model, float[] ids, int[] lengths, float[] labels)
    {
        var data = new DataSet<float>(ids, labels).WithLengths(lengths);
        model.Fit(data, new() { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy });
        model.Evaluate(new DataSet<float>(ids, labels).WithLengths(lengths).Slice(0, 10), Loss.SparseCategoricalCrossentropy);
    }

    public static void Packed(Classifier model, int rows)
    {
        int[] lengths = new int[rows];
        Array.Fill(lengths, 5);
        model.Predict(new float[rows * Classifier.TimeSteps], lengths, new float[rows * 4]);
    }

    public static List<float[]> Translate(Encoder encoder, Decoder decoder, float[] source, float[] start)
    {
        float[] h = new float[6], c = new float[6], ignored = new float[6];
        encoder.Predict(source, ignored, h, c);
        var result = new List<float[]>();
        float[] word = start;
        for (int i = 0; i < 20; i++)
        {
            float[] next = new float[Decoder.OutputLength - 12], h2 = new float[6], c2 = new float[6];
            decoder.Predict(word, h, c, next, h2, c2);
            (h, c) = (h2, c2);
            result.Add(next);
            word = next;
        }

        return result;
    }
}
