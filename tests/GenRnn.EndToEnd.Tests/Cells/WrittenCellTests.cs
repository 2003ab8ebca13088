using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Properties;
using GenRnn.Fingerprint;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Cells;

/// <summary>
/// Published cells that Keras does not ship, written in C#: the minimal gated unit (Zhou et al. 2016), a light recurrent cell after the simple
/// recurrent unit (Lei et al. 2018), and one with two states of different width, a fast and a slow one.
/// </summary>
public sealed class WrittenCellTests
{
    private const int Features = 5;
    private const int Steps = 4;

    private static readonly (string Name, string Widths, string Members)[] s_cells =
    [
        ("MinimalGated", "12", """
            public static Vec Step(CellWeights w, Vec x, Vec h)
            {
                Vec f = Vec.Sigmoid(w.Linear("forget", 12, x, h));
                Vec c = Vec.Tanh(w.Linear("candidate", 12, x, f * h));
                return (1f - f) * h + f * c;
            }
            """),
        ("Light", "7", """
            public static (Vec Output, Vec C) Step(CellWeights w, Vec x, Vec c)
            {
                Vec f = Gate(w, "forget", x, c);
                Vec r = Gate(w, "reset", x, c);
                Vec next = f * c + (1f - f) * w.Linear("input", 7, x);
                return (r * next + (1f - r) * w.Linear("highway", 7, x), next);
            }

            private static Vec Gate(CellWeights w, string name, Vec x, Vec c) => Vec.Sigmoid(w.Linear(name, 7, x) + w.Vector(name + "_gain", 7) * c);
            """),
        ("TwoSpeeds", "6, 3", """
            public static (Vec, Vec) Step(CellWeights w, Vec x, Vec fast, Vec slow)
            {
                Vec n = w.LayerNorm("norm", w.Linear("mix", 9, x, fast, slow));
                Vec g = Vec.Sigmoid(n[^3..]);
                Vec next = g * slow + (1f - g) * Vec.Softplus(n[..3]) / (2f + Vec.Abs(n.Slice(3, 3)));
                return (Vec.Tanh(n[..6]) + Vec.Concat(-slow, Vec.Exp(-next)), next);
            }
            """),
        // Lanes that are read at other places than their own, of a result, a product, the input and a state.
        ("Rotated", "9", """
            public static Vec Step(CellWeights w, Vec x, Vec h)
            {
                Vec z = w.Linear("mix", 9, x, h);
                Vec t = Vec.Tanh(z);
                return Vec.Sigmoid(t * Vec.Concat(t[4..], t[..4])) + t * Vec.Concat(h[^2..], x[..4], z[..3]);
            }
            """),
    ];

    private static readonly Lazy<ModelCompilation> s_compilation = new(() => ModelCompilation.Compile("Written", s_cells.SelectMany(Sources).ToArray()));

    public static TheoryData<string> Names => new(s_cells.Select(c => c.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void TheMethodItselfGivesTheBitsOfTheCompiledCell(string name)
    {
        var model = (IModel<float>)Create(name, "Stepped", 3);
        ModelInfo info = model.Info;
        MethodInfo step = model.GetType().GetMethods(BindingFlags.Public | BindingFlags.Static).Single(m => m.Name == "Step");
        var random = new RandomValues(8);

        // First with the initial weights, then with any.
        CompareSteps(new CellWeights(3));
        float[] parameters = random.Next<float>(info.ParameterCount);
        model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));
        CompareSteps(new CellWeights(parameters));

        void CompareSteps(CellWeights weights)
        {
            ModelState<float> state = model.CreateState(1);
            Vec[] states = state.Names.Select(name => Vec.State(state.GetValues(name))).ToArray();
            for (int t = 0; t < Steps; t++)
            {
                float[] x = random.Next<float>(Features), y = new float[info.OutputLength];
                model.Predict(x, y, state);
                object result = step.Invoke(null, [weights, new Vec(x), .. states])!;
                Vec[] results = result is Vec one ? [one] : Enumerable.Range(0, ((System.Runtime.CompilerServices.ITuple)result).Length).Select(i => (Vec)((System.Runtime.CompilerServices.ITuple)result)[i]!).ToArray();
                states = results[^states.Length..].Select(s => s.AsState()).ToArray();
                Bits.AssertEqual<float>(results[0].Values, y, "output of step " + t);
                for (int i = 0; i < states.Length; i++)
                    Bits.AssertEqual<float>(states[i].Values, state.GetValues(state.Names[i]), state.Names[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAreThoseOfFiniteDifferences(string name)
    {
        var model = (IModel<double>)Create(name, "Double", 1);
        ModelInfo info = model.Info;
        int rows = info.Batch;
        var random = new RandomValues(9);
        double[] x = random.Next<double>(rows * info.InputLength), upstream = random.Next<double>(rows * info.OutputLength);
        double[] parameters = random.Next<double>(info.ParameterCount);
        model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));
        ModelWorkspace<double> workspace = model.CreateWorkspace();
        var y = new double[upstream.Length];
        var inputGradient = new double[x.Length];
        model.Forward(x, y, null, workspace, training: true);
        model.Backward(upstream, inputGradient, workspace);
        double[] gradients = workspace.Gradients.ToArray();

        for (int i = 0; i < parameters.Length; i += 3)
            Compare("parameter " + i, gradients[i], Slope(parameters, i, () => model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target))));
        model.UpdateParameters(parameters, static (target, values) => values.CopyTo(target));
        for (int i = 0; i < x.Length; i++)
            Compare("input " + i, inputGradient[i], Slope(x, i, () => { }));

        double Slope(double[] values, int index, Action apply)
        {
            const double Step = 1e-6;
            double centre = values[index];
            values[index] = centre + Step;
            apply();
            double above = Loss();
            values[index] = centre - Step;
            apply();
            double below = Loss();
            values[index] = centre;
            return (above - below) / (2 * Step);
        }

        double Loss()
        {
            model.Predict(x, y);
            return y.Zip(upstream, (a, b) => a * b).Sum();
        }

        static void Compare(string what, double derived, double measured) => Assert.True(
            Math.Abs(derived - measured) <= 1e-6 * (1 + Math.Abs(measured)), FormattableString.Invariant($"{what}: {derived:R} is not {measured:R}."));
    }

    private static IEnumerable<ModelSource> Sources((string Name, string Widths, string Members) cell)
    {
        string space = "Written." + cell.Name;
        yield return new ModelSource(space, "Stepped", $"[Cell({cell.Widths}, Features = {Features}, Batch = 2)]\npublic partial class Stepped\n{{\n{cell.Members}\n}}\n");
        yield return new ModelSource(space, "Double", $"[Input(TimeSteps = {Steps}, Features = {Features}, Batch = 3, Precision = Precision.Double)]\n[Rnn(typeof(Stepped), ReturnSequences = true)]\npublic partial class Double;\n");
    }

    private static object Create(string name, string type, int seed) => Activator.CreateInstance(s_compilation.Value.Find($"Written.{name}.{type}"), seed)!;
}
