using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Layers.Cells;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Interpreter;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>
/// A cell in C# and a built-in cell of the same equations are one program, forward and backward, after all passes. Schedule, memory and
/// code are functions of the program: neither can be faster than the other.
/// </summary>
public class TwinTests
{
    private const int Steps = 6, Features = 5;

    [Fact]
    public void A_minimal_gated_unit() => AssertTwins(new MinimalGatedTwin(), """
        [Cell(12)] public static class MinimalGated
        {
            public static Vec Step(CellWeights w, Vec x, Vec h)
            {
                Vec f = Vec.Sigmoid(w.Linear("forget", 12, x, h));
                Vec c = Vec.Tanh(w.Linear("candidate", 12, x, f * h));
                return (1f - f) * h + f * c;
            }
        }
        """);

    [Fact]
    public void A_light_recurrent_cell() => AssertTwins(new LightTwin(), """
        [Cell(7)] public static class Light
        {
            public static (Vec Output, Vec C) Step(CellWeights w, Vec x, Vec c)
            {
                Vec f = Gate(w, "forget", x, c);
                Vec r = Gate(w, "reset", x, c);
                Vec next = f * c + (1f - f) * w.Linear("input", 7, x);
                return (r * next + (1f - r) * w.Linear("highway", 7, x), next);
            }

            private static Vec Gate(CellWeights w, string name, Vec x, Vec c) => Vec.Sigmoid(w.Linear(name, 7, x) + w.Vector(name + "_gain", 7) * c);
        }
        """);

    [Fact]
    public void Two_states_of_different_width() => AssertTwins(new TwoSpeedsTwin(), """
        [Cell(6, 3)] public static class TwoSpeeds
        {
            public static (Vec, Vec) Step(CellWeights w, Vec x, Vec fast, Vec slow)
            {
                Vec next = Vec.Tanh(w.Linear("mix", 6, x, fast, slow));
                Vec gate = Vec.Sigmoid(w.Linear("gate", 3, x, slow));
                return (next, gate * slow + (1f - gate) * w.Linear("drift", 3, next));
            }
        }
        """);

    private static void AssertTwins(Twin twin, string written)
    {
        string name = Regex.Match(written, @"class (\w+)").Groups[1].Value;
        Compilation compilation = GeneratorHost.Compile(
            "using GenRnn;\n" + written + $"\n[Input(TimeSteps = {Steps}, Features = {Features})] [Rnn(typeof({name}), ReturnSequences = true)] public partial class Model;");
        ModelSpec spec = CellDeclarations.Join(GeneratorHost.ParseModel(compilation, "Model").Spec, compilation, CancellationToken.None);

        Assert.Equal(Text(Lower(twin)).Replace(twin.KerasName + "_cell/", twin.KerasName + "/", System.StringComparison.Ordinal), Text(CompiledProgram.Of(spec)));
    }

    /// <summary>What the compiler does with a layer, for one that is not in its registry.</summary>
    private static Program Lower(Cell cell)
    {
        Program program = new() { CanTrain = true };
        Sequence input = program.NewSequence("input", Steps, Features, SequenceKind.Input);
        program.Inputs.Add(input);
        var item = new ItemSpec(cell.Kind, new[] { new FlagSpec("ReturnSequences", FlagValue.Of(true)) }.ToEquatableArray(), default);
        var context = new LoweringContext(program, item, "rnn", "rnn", [new Operand(input, null)], new Shape(Steps, cell.OutputWidth(item)), [], new LayerNames());
        new RecurrentLayer(cell).Lower(context);
        program.Outputs.Add(context.Output);
        Differentiation.Run(program);
        Compiler.Passes.Pipeline.Run(program);
        return program;
    }

    // The equation in words is for readers, and a sequence is called after the number that its value had before dead ones were removed.
    private static string Text(Program program)
    {
        var names = new Dictionary<string, string>();
        return Regex.Replace(Regex.Replace(TextDump.Write(program), @"(?<= steps): .*", ""), @"(?<=@rnn\.)[vd]\d+", match =>
            names.TryGetValue(match.Value, out string? name) ? name : names[match.Value] = "saved" + names.Count.ToString(CultureInfo.InvariantCulture));
    }
}
