using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Gradients of double-precision models against central differences.</summary>
public sealed class GradientCheckTests
{
    /// <summary>Small beside the norms that layers divide by, whose third derivatives are large.</summary>
    private const double Step = 1e-6;

    private static readonly Variant Double = new(5, IsDouble: true);

    public static IEnumerable<object[]> Models() => PropertyModels.Names();

    [Theory]
    [MemberData(nameof(Models))]
    public void BackwardAgreesWithDifferences(string name)
    {
        IModel<double> model = PropertyModels.Create<double>(name, Double);
        ModelInfo info = model.Info;
        int rows = Double.Batch - 1;
        var random = new RandomValues(31);
        double[] x = random.Next<double>(rows * info.InputLength), upstream = random.Next<double>(rows * info.OutputLength);
        var y = new double[upstream.Length];
        var inputGradients = new double[x.Length];
        ModelWorkspace<double> workspace = model.CreateWorkspace();
        Forward();
        model.Backward(upstream, inputGradients, workspace);
        double[] gradients = workspace.Gradients.ToArray();

        bool[] isTrained = [.. info.Variables.SelectMany(v => Enumerable.Repeat(v.IsTrainable, v.Length))];
        foreach (int i in Sample(gradients.Length))
        {
            // Statistics are not trained, and have no gradient.
            if (!isTrained[i])
                Assert.Equal(0, gradients[i]);
            else
                Compare($"parameter {i}", gradients[i], Difference(step => WithParameter(i, step)));
        }

        foreach (int i in Sample(x.Length))
            Compare($"input {i}", inputGradients[i], Difference(step => WithInput(i, step)));

        // Scale 1: outputs and upstream are of that order, so are the gradients that matter.
        void Compare(string what, double ours, double difference) =>
            Assert.True(Math.Abs(ours - difference) <= 1e-7 * Math.Max(1, Math.Abs(difference)), $"{name}, {what}: {ours} by Backward, {difference} by differences.");

        double Difference(Func<double, double> lossAt) => (lossAt(Step) - lossAt(-Step)) / (2 * Step);

        double WithParameter(int index, double step)
        {
            model.UpdateParameters((index, step), static (parameters, change) => parameters[change.index] += change.step);
            double loss = Loss();
            model.UpdateParameters((index, step), static (parameters, change) => parameters[change.index] -= change.step);
            return loss;
        }

        double WithInput(int index, double step)
        {
            double saved = x[index];
            x[index] += step;
            double loss = Loss();
            x[index] = saved;
            return loss;
        }

        double Loss()
        {
            Forward();
            return y.Zip(upstream, (a, b) => a * b).Sum();
        }

        void Forward()
        {
            // Always the same training call: its masks are constants.
            workspace.TrainingCalls = 0;
            model.Forward(x, y, null, workspace, training: true);
        }
    }

    /// <summary>All indices of a short array, about a hundred of a long one.</summary>
    private static IEnumerable<int> Sample(int length)
    {
        int stride = Math.Max(1, length / 100);
        for (int i = 0; i < length; i += stride)
            yield return i;
    }
}
