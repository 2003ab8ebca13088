using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;
using GenRnn.TestModels;
using Xunit;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Compiler.Tests.CSharp;

/// <summary>What a reader of emitted code knows things by: the equation's words, and names of places in memory.</summary>
public sealed class EmittedNamesTests
{
    private static readonly string s_source = ModelCompiler.Compile(ModelCatalogue.Find("LstmForecaster").Spec).Source;

    [Theory]
    [InlineData("i_0 = Lanes.Sigmoid(")]
    [InlineData("f_0 = Lanes.Sigmoid(")]
    [InlineData("g_0 = Lanes.Tanh(")]
    [InlineData("o_0 = Lanes.Sigmoid(")]
    [InlineData("As<float, V>(ref Add(ref cNext, row + lane * 32)) = c_0;")]
    [InlineData("As<float, V>(ref Add(ref saved_i, row + lane * 32)) = i_0;")]
    public void Locals_are_called_what_the_equation_calls_them(string code) => Assert.Contains(code, s_source, StringComparison.Ordinal);

    [Fact]
    public void Gradients_are_called_after_what_they_are_of() => Assert.Matches(@"var d_z_f = ", s_source);

    [Fact]
    public void The_equation_says_its_activations() => Assert.Contains("// i, f, o = sigmoid(b + x K + h R); g = tanh(b + x K + h R); c' = f c + i g; h' = o tanh(c')", s_source, StringComparison.Ordinal);

    [Fact]
    public void A_weight_gradient_is_called_after_the_weight_and_its_tile()
    {
        ModelSpec spec = new ModelBuilder("One").Sequence(9, 6, ("Batch", 16)).Item("Lstm", ("Units", 20)).Build();
        Assert.Matches(@"void (Lstm1)?(Kernel|RecurrentKernel)?Gradient16Tile\dx\d\(", ModelCompiler.Compile(spec).Source);
    }

    [Fact]
    public void The_map_has_every_buffer_of_every_plan()
    {
        ModelSpec spec = ModelCatalogue.Find("LstmForecaster").Spec;
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(spec));
        HashSet<(int, long, string)> lines = [.. Regex.Matches(s_source, @"^// +(\d+) +(\d+) (\w+)", RegexOptions.Multiline)
            .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture), m.Groups[3].Value))];

        foreach (Arena arena in new[] { schedule.Training.Arena, schedule.PredictRow.Arena, schedule.PredictBatch.Arena, schedule.StepRow!.Arena, schedule.StepBatch!.Arena })
            Assert.All(arena.Buffers, b => Assert.Contains((b.Offset, b.Length, arena.NameOf(b.Buffer)), lines));
    }

    [Fact]
    public void Constants_are_those_of_the_map()
    {
        HashSet<string> map = [.. Regex.Matches(s_source, @"^// +(\d+) +\d+ (\w+)", RegexOptions.Multiline).Select(m => m.Groups[2].Value + " = " + m.Groups[1].Value)];
        string[] constants = [.. Regex.Matches(s_source, @"^ +const int (.*);$", RegexOptions.Multiline).SelectMany(m => m.Groups[1].Value.Split(", ")).Where(c => c[0] != 'W')];

        Assert.NotEmpty(constants);
        Assert.All(constants, c => Assert.Contains(c, map));
    }

    [Fact]
    public void Names_make_no_difference()
    {
        Index plain = 12, named = Index.Named("h_1", 8) + (Index)4;
        Assert.Equal(plain, named);
        Assert.Equal(plain.GetHashCode(), named.GetHashCode());
        Assert.Equal("h_1", ((ConstantIndex)(named + (Index)3)).Landmark!.Name);

        KernelLibrary library = new();
        Reference[] references = [new("x", ElementType.Single)];
        Statement[] body = [new Let("v3", new LoadVec(new Place("x", 0))), new Store(new Place("x", 0), Vec("v3"))];
        Kernel first = library.Add("A", "", references, [], body, locals: new Dictionary<string, string> { ["v3"] = "i" });
        Assert.Same(first, library.Add("B", "", references, [], body, locals: new Dictionary<string, string> { ["v3"] = "f" }));
        Assert.Equal("i", first.Locals["v3"]);

        Region region = new("region", 0, 1);
        RegionBuilder b = new(region);
        Value value = b.Named("z", b.Constant(1, 4));
        Assert.Equal("z2", b.Named("z", b.Constant(2, 4)).Name);
        Assert.Equal("z", b.Named("other", value).Name);
    }

    [Fact]
    public void A_local_gives_way_to_what_has_its_name_already()
    {
        Statement[] body = [new Let("v1", new NumberVec(0)), new Let("v2", Vec("v1")), new Let("v3", Vec("v2")), new Loop("row", 0, 4, 1, [new Let("v4", Vec("v3"))])];
        Dictionary<string, string> wanted = new() { ["v1"] = "i", ["v2"] = "c", ["v4"] = "row", ["v9"] = "o" };

        IReadOnlyDictionary<string, string> names = LocalNames.Of([new("c", ElementType.Single), new("cNext", ElementType.Single)], ["end"], body, wanted);

        Assert.Equal(["v1 i", "v2 cNew", "v4 rowNew"], names.Select(n => n.Key + " " + n.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_kernel_that_several_asked_for_is_called_what_the_names_have_in_common()
    {
        KernelLibrary library = new();
        Reference[] references = [new("x", ElementType.Single)];
        Statement[] body = [new Clear(new Place("x", 0), 4)];
        Kernel kernel = library.Add("Lstm1KernelGradient16", "", references, [], body);
        library.Add("Dense1KernelGradient16", "", references, [], body);

        Assert.Equal("KernelGradient16", library.Share().CallOf(kernel).Kernel.Name);
    }

    [Theory]
    [InlineData("h_1", "h_1", "h_1_2")]
    [InlineData("Input", "input_at", "input_at_2")]
    [InlineData("d input.é", "d_input", "d_input_2")]
    [InlineData("7", "at_7", "at_7_2")]
    public void A_place_has_a_name_that_nothing_else_in_the_file_has(string label, string first, string second)
    {
        ReaderNames names = new();
        Assert.Equal((first, second), (names.Unique(label), names.Unique(label)));
    }

    private static LocalVec Vec(string name) => new(name);
}
