using System;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>Compares a program's gradients with central differences of loss = sum of outputs x upstream, in double.</summary>
internal static class GradientCheck
{
    // The error of a central difference is of the order of step^2 (1e-10) and rounding / step (1e-11); where a function bends much, the former is
    // larger, and two of them leave out its first term.
    private const double Step = 1e-5;
    private const double WideStep = 1e-4;
    private const double Tolerance = 1e-7;

    // A variable costs two forward passes; of more variables than this, evenly spread ones are checked.
    private const int MostVariables = 250;

    public static void Verify(Program program, int seed, int rows = 2, double parameterScale = 0.5)
    {
        Verifier.Check(program);
        // One training call throughout: its masks are constants.
        TrainingCall call = new(seed, 1);
        ModelInterpreter<double> interpreter = ModelInterpreter.Textbook(program);
        TestNumbers numbers = new(program, rows, seed, parameterScale);
        InterpretedPass<double> pass = interpreter.Differentiate(
            numbers.Inputs, numbers.Parameters, numbers.Upstream, new GradientOrder(rows, RowsInLanes: false), call: call);

        // Where training differs from inference, what is differentiated is the training pass.
        double[] Outputs() => program.TrainingFlag is null
            ? interpreter.Predict(numbers.Inputs, numbers.Parameters, null, call).Outputs
            : interpreter.Differentiate(numbers.Inputs, numbers.Parameters, numbers.Upstream, new GradientOrder(rows, RowsInLanes: false), call: call).Outputs;
        double Loss() => Outputs().Zip(numbers.Upstream, (y, g) => y * g).Sum();
        bool[] isFixed = [.. program.Parameters.SelectMany(p => Enumerable.Repeat(!p.IsTrainable, p.Length))];
        Compare("parameter", numbers.Parameters, pass.Gradients, isFixed, Loss, seed);
        Compare("input", numbers.Inputs, pass.InputGradients, numbers.IsInteger, Loss, seed);
    }

    private static void Compare(string what, double[] variables, double[] gradients, bool[] hasNone, Func<double> loss, int seed)
    {
        Assert.Equal(variables.Length, gradients.Length);
        int checks = Math.Min(variables.Length, MostVariables);
        for (int check = 0; check < checks; check++)
        {
            int i = (int)((long)check * variables.Length / checks);
            if (hasNone[i])
            {
                Assert.Equal(0, gradients[i]);
                continue;
            }

            double numeric = Difference(variables, i, Step, loss);
            if (!Agree(numeric, gradients[i]))
                numeric = (4 * Difference(variables, i, WideStep / 2, loss) - Difference(variables, i, WideStep, loss)) / 3;
            Assert.True(Agree(numeric, gradients[i]), FormattableString.Invariant($"gradient of {what} {i}: autodiff {gradients[i]:R}, finite differences {numeric:R} (seed {seed})"));
        }
    }

    private static bool Agree(double numeric, double gradient) => Math.Abs(numeric - gradient) <= Tolerance * Math.Max(1, Math.Abs(numeric));

    private static double Difference(double[] variables, int i, double step, Func<double> loss)
    {
        double value = variables[i];
        variables[i] = value + step;
        double above = loss();
        variables[i] = value - step;
        double below = loss();
        variables[i] = value;
        return (above - below) / (2 * step);
    }
}
