using System;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>A model is refused where one of its buffers would not fit an array, by the real count; and nowhere before.</summary>
public sealed class ModelSizeTests
{
    [Fact]
    public void Ordinary_models_are_none_too_many()
    {
        Accepts(new ModelBuilder("M").Sequence(90, 64).Item("Flatten").Dense(1));
        Accepts(new ModelBuilder("M").Sequence(50, 64).Lstm(64).Dense(5800));
        Accepts(new ModelBuilder("M").Sequence(200, 1).Conv1D(32, 3).Item("Flatten").Dense(64));
        Accepts(new ModelBuilder("M").Vector(16).Dense(5000).Activation("Softmax"));
        Accepts(new ModelBuilder("M").Sequence(100, 300).Gru(4096, ("ReturnSequences", true)).Lstm(2048));
    }

    [Fact]
    public void The_values_of_one_layer()
    {
        // Its output lies in one array, of all rows.
        AcceptsShape(new ModelBuilder("M").Vector(3, ("Batch", 1)).Dense((int)SizeLimit.Elements));
        Refuses(
            new ModelBuilder("M").Vector(3, ("Batch", 1)).Dense((int)SizeLimit.Elements + 1).Dense(1), 1,
            "Dense(2147418112) has 2,147,418,112 values for each of 1 row, and 2,147,418,111 in all is the limit, because they lie in one array; use smaller sizes or a smaller Batch");
        AcceptsShape(new ModelBuilder("M").Sequence(32766, 2048).Activation("Tanh"));
        Refuses(
            new ModelBuilder("M").Sequence(32767, 2049).Activation("Tanh"), 0,
            "Input has 67,139,583 values for each of 32 rows, and 2,147,418,111 in all is the limit, because they lie in one array; use smaller sizes or a smaller Batch");

        // A state may be wider than the output, and its gates lie side by side.
        Refuses(
            new ModelBuilder("M").Sequence(6, 3).Lstm(1 << 25, ("Projection", 4)), 1,
            "Lstm(33554432) has 134,217,728 values for each of 32 rows, and 2,147,418,111 in all is the limit, because they lie in one array; use smaller sizes or a smaller Batch");
    }

    [Fact]
    public void The_weights()
    {
        string found = Message(new ModelBuilder("M").Ids(6).Embedding(1 << 24, 128).Item("GlobalAveragePooling1D"));
        Assert.Equal("the weights (embedding 2,147,483,648) would have 2,147,483,648 elements, and 2,147,418,111 is the limit, because it is one array; use smaller sizes or a smaller Batch", found);
        Accepts(new ModelBuilder("M").Ids(6).Embedding(1 << 24, 112).Item("GlobalAveragePooling1D"));
    }

    /// <summary>The largest number of steps that is accepted has the largest arena that fits, but for one step.</summary>
    [Theory]
    [InlineData("Activation")]
    [InlineData("Conv1D")]
    [InlineData("Gru")]
    public void The_arena(string layer) => AtTheLimit(
        steps => Build(layer, steps), 4_000, schedule => schedule.Training.Arena.Length, schedule => schedule.Training.Arena.Length / schedule.Program.Inputs[0].Steps + 64,
        "the arena of a training pass of 32 rows would have ");

    private static ModelSpec Build(string layer, int steps)
    {
        ModelBuilder builder = new ModelBuilder("M").Sequence(steps, 700);
        return (layer switch
        {
            "Activation" => builder.Activation("Tanh"),
            "Conv1D" => builder.Conv1D(50, 3, ("Padding", "Causal")),
            _ => builder.Gru(100, ("ReturnSequences", true)),
        }).Item("GlobalMaxPooling1D").Build();
    }

    /// <summary>The widest layer that is accepted has the most packed weights that fit, but for those of a unit.</summary>
    [Fact]
    public void The_packed_weights() => AtTheLimit(
        units => new ModelBuilder("M").Vector(20_000, ("Batch", 4)).Dense(units).Dense(1).Build(), 20_000, schedule => schedule.Panels.Length, _ => 4 * 20_016 * 16,
        "the weights, packed for the kernels, would have ");

    /// <param name="build">A model of some size.</param>
    /// <param name="size">A size that fits, from which the length grows evenly.</param>
    /// <param name="length">What is limited.</param>
    /// <param name="oneMore">How much one more of the size may add.</param>
    /// <param name="message">How the refusal begins.</param>
    private static void AtTheLimit(Func<int, ModelSpec> build, int size, Func<Schedule, long> length, Func<Schedule, long> oneMore, string message)
    {
        long half = length(Schedule(build(size / 2))!), whole = length(Schedule(build(size))!);
        int fits = size + (int)((SizeLimit.Elements - whole) / ((whole - half) / (size - size / 2)));
        while (Schedule(build(fits)) is null)
            fits--;
        while (Schedule(build(fits + 1)) is not null)
            fits++;

        Schedule largest = Schedule(build(fits))!;
        Assert.InRange(length(largest), SizeLimit.Elements - oneMore(largest), SizeLimit.Elements);
        Assert.StartsWith(message, Assert.Single(ModelCompiler.Compile(build(fits + 1)).Findings).Arguments[0], StringComparison.Ordinal);
        Assert.Empty(ModelCompiler.Compile(build(fits)).Findings);
    }

    private static Schedule? Schedule(ModelSpec spec)
    {
        ModelShapes shapes = ShapeInference.Infer(spec);
        Assert.Empty(shapes.Findings);
        try
        {
            return ModelCompiler.Schedule(shapes, CancellationToken.None);
        }
        catch (SizeLimitException)
        {
            return null;
        }
    }

    private static void Accepts(ModelBuilder builder) => Assert.Empty(ModelCompiler.Compile(builder.Build()).Findings);

    private static void AcceptsShape(ModelBuilder builder) => Assert.Empty(ShapeInference.Infer(builder.Build()).Findings);

    private static void Refuses(ModelBuilder builder, int item, string message)
    {
        Finding finding = Assert.Single(ModelCompiler.Compile(builder.Build()).Findings);
        Assert.Equal(("GEN0502", item, message), (finding.Id, finding.Place.Item, finding.Arguments[0]));
    }

    private static string Message(ModelBuilder builder)
    {
        Finding finding = Assert.Single(ModelCompiler.Compile(builder.Build()).Findings);
        Assert.Equal(("GEN0502", -1), (finding.Id, finding.Place.Item));
        return finding.Arguments[0];
    }
}
