using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GenRnn.Fingerprint;

/// <summary>What a model computed in one way, as a hash of its bits.</summary>
public sealed record Section(string Model, string Name, string Hash)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Model}\t{Name}\t{Hash}";
}

/// <summary>Everything that a model computes, as hashes of the bits: two machines, vector widths or thread counts that agree in them agree in all.</summary>
public static class ModelFingerprint
{
    /// <summary>The sections of a model class.</summary>
    /// <param name="type">A class with <see cref="IModel{T}"/> of float or double.</param>
    /// <param name="threads">Threads of the training section.</param>
    public static IReadOnlyList<Section> Of(Type type, int threads = 1)
    {
        object model = Activator.CreateInstance(type, 7)!;
        var sections = new Sections(type.FullName!);
        switch (model)
        {
            case IModel<float> single:
                Write(single, sections, threads);
                break;
            case IModel<double> twice:
                Write(twice, sections, threads);
                break;
            default:
                throw new ArgumentException($"{type} is no model.", nameof(type));
        }

        return sections.All;
    }

    private static void Write<T>(IModel<T> model, Sections sections, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        var random = new RandomValues(1);
        sections.Add<T>("initial parameters", model.Parameters);

        // More rows than the batch: the remainder takes its own way.
        int rows = info.Batch + 3;
        T[] inputs = random.Next<T>(rows * info.InputLength);
        var outputs = new T[rows * info.OutputLength];
        model.Predict(inputs, outputs);
        sections.Add<T>("predict", outputs);

        ModelWorkspace<T> workspace = model.CreateWorkspace();
        foreach (int count in new[] { info.Batch, Math.Max(1, info.Batch / 2 - 1) })
        {
            T[] x = random.Next<T>(count * info.InputLength);
            var y = new T[count * info.OutputLength];
            var gradient = new T[x.Length];
            model.Forward(x, y, null, workspace, training: true);
            model.Backward(random.Next<T>(y.Length), gradient, workspace);
            sections.Add<T>($"forward of {count} rows", y);
            sections.Add<T>($"gradients of {count} rows", workspace.Gradients);
            sections.Add<T>($"input gradients of {count} rows", gradient);
        }

        WriteSteps(model, sections, random);
        WriteTraining(model, sections, random, threads);
    }

    private static void WriteSteps<T>(IModel<T> model, Sections sections, RandomValues random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (model is not IStreamingModel<T> streaming)
            return;
        ModelInfo info = model.Info;
        ModelState<T> state = model.CreateState(1);
        int width = info.Outputs.Sum(o => o.Features);
        var outputs = new T[info.Inputs[0].TimeSteps * width];
        for (int t = 0; t < info.Inputs[0].TimeSteps; t++)
            streaming.Step(random.Next<T>(info.Inputs[0].Features), outputs.AsSpan(t * width, width), state);
        sections.Add<T>("steps", outputs);
    }

    private static void WriteTraining<T>(IModel<T> model, Sections sections, RandomValues random, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        // The last batch is partial, except where a state is carried and rows belong together.
        int rows = info.IsStateful ? 2 * info.Batch : 2 * info.Batch + info.Batch / 2;
        var data = new DataSet<T>(
            info.Inputs.Select(i => (ReadOnlyMemory<T>)random.Next<T>(rows * i.Length)),
            info.Outputs.Select(o => (ReadOnlyMemory<T>)random.Next<T>(rows * o.Length)));
        History history = model.Fit(data, new FitOptions
        {
            Optimizer = new Adam { LearningRate = 0.01, GlobalClipNorm = 1.0 },
            Loss = Loss.MeanSquaredError,
            Epochs = 2,
            Seed = 3,
            Threads = threads,
            // However small the model: they are all at work.
            MultiplyAddsPerThread = 0,
            Verbose = Verbosity.Silent,
        });
        sections.Add<double>("losses", history["loss"].ToArray());
        sections.Add<T>("trained parameters", model.Parameters);
    }

    private sealed class Sections(string model)
    {
        private readonly List<Section> _all = [];

        public IReadOnlyList<Section> All => _all;

        public void Add<T>(string name, ReadOnlySpan<T> values)
            where T : unmanaged, INumberBase<T>
        {
            foreach (T value in values)
            {
                // A hash of NaN says nothing: their bits are outside the contract.
                if (!T.IsFinite(value))
                    throw new InvalidOperationException($"{model}, {name}: a value is not finite.");
            }

            _all.Add(new Section(model, name, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)).AsSpan(0, 8))));
        }
    }
}
