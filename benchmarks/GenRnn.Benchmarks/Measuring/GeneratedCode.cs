using System;
using System.IO;

namespace GenRnn.Benchmarks.Measuring;

/// <summary>Times generated code: what the child process of the contestant called gen does.</summary>
internal static class GeneratedCode
{
    /// <summary>The name in the tables.</summary>
    public const string Peer = "gen";

    private const double LargestForwardError = 1e-5;
    private const double LargestGradientError = 1e-3;
    private const float DataRange = 1f;

    /// <summary>Writes one line of JSON per measurement.</summary>
    /// <exception cref="InvalidOperationException">The generated code computes something else than the reference.</exception>
    public static void Measure(Workload workload, double seconds, TextWriter output)
    {
        var sampler = new Sampler(seconds);
        IModel<float> model = workload.Create();
        ModelInfo info = model.Info;
        float[] inputs = RandomValues(workload.Rows * info.InputLength, seed: 1);
        float[] targets = RandomValues(workload.Rows * info.OutputLength, seed: 2);
        var outputs = new float[targets.Length];

        double forwardError = NaiveNetwork.MaximumError(model, inputs, workload.Rows, workload.DilationGrowth);
        Require(forwardError, LargestForwardError, workload, "prediction");
        if (workload.Stream is not null)
            Report(Modes.Step, workload.Stream(), forwardError, StreamedSteps.PerCall);
        else
            Report(Modes.Inference, () => model.Predict(inputs, outputs), forwardError);

        if (workload.TrainingGoal is null)
            return;

        double gradientError = GradientCheck.RelativeError(model, inputs, targets, workload.Rows);
        Require(gradientError, LargestGradientError, workload, "gradient");
        // A rate so small that the weights, and with them the work, stay what they are for millions of steps.
        var sgd = new TrainingStep(model, new Sgd { LearningRate = 1e-9 }, inputs, targets, workload.Rows);
        var adam = new TrainingStep(model, new Adam { LearningRate = 1e-9 }, inputs, targets, workload.Rows);
        Sampler.WarmUp(sgd.Run);
        Sampler.WarmUp(adam.Run);
        Report(Modes.TrainingStep, sgd.Run, gradientError);
        Report(Modes.TrainingForward, sgd.Forward);
        Report(Modes.Loss, () => sgd.Loss());
        Report(Modes.Passes, sgd.Passes);
        Report(Modes.Update, sgd.Update);
        Report(Modes.Repack, sgd.Repack);
        Report(Modes.TrainingStepAdam, adam.Run, gradientError);

        void Report(string mode, Action action, double? error = null, int calls = 1)
        {
            (double microseconds, double bytes) = sampler.Measure(action);
            output.WriteLine(new Measurement(Peer, workload.Id, mode, microseconds / calls, error, bytes).ToJson());
        }
    }

    private static void Require(double error, double largest, Workload workload, string what)
    {
        if (!(error <= largest))
            throw new InvalidOperationException(FormattableString.Invariant($"{workload.Id}: the {what} is off by {error:g3}; at most {largest:g3} is expected."));
    }

    private static float[] RandomValues(int count, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (2 * random.NextSingle() - 1) * DataRange;
        return values;
    }
}
