using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Gradients;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;
using GenRnn.Compiler.Targets;
using Xunit;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Compiler.Tests.Scheduling;

/// <summary>Kernels that differ in nothing but sizes are one, which is given the sizes that differ.</summary>
public sealed class SizedKernelsTests
{
    [Fact]
    public void Sizes_that_differ_are_numbers_and_those_in_common_constants()
    {
        KernelLibrary library = new();
        Kernel first = Add(library, "Copy", steps: 5, width: 32);
        Kernel second = Add(library, "Copy", steps: 7, width: 32);
        KernelSet set = library.Share();

        Kernel shared = Assert.Single(set.Kernels);
        Assert.Equal("Copy", shared.Name);
        Assert.Same(shared, set.CallOf(first).Kernel);
        Assert.Same(shared, set.CallOf(second).Kernel);
        Assert.Equal(["steps"], shared.Numbers);
        Assert.Equal([5], set.CallOf(first).Sizes);
        Assert.Equal([7], set.CallOf(second).Sizes);
        Assert.Equal("for step from 0 to steps by 1\n  b[(step * 32)] = a[(step * 32)]\n", KernelDump.Write(shared.Body));
    }

    [Fact]
    public void A_kernel_without_its_like_keeps_constants()
    {
        KernelLibrary library = new();
        Kernel alone = Add(library, "Copy", steps: 5, width: 1);
        KernelSet set = library.Share();

        Kernel constant = Assert.Single(set.Kernels);
        Assert.Same(constant, set.CallOf(alone).Kernel);
        Assert.Empty(constant.Numbers);
        Assert.Empty(set.CallOf(alone).Sizes);
        Assert.Equal("for step from 0 to 5 by 1\n  b[step] = a[step]\n", KernelDump.Write(constant.Body));
    }

    [Fact]
    public void A_size_has_one_value_in_a_kernel()
    {
        KernelLibrary library = new();
        library.Add("Copy", "", [new("a", ElementType.Single)], [], [new Clear(new Place("a", Index.Size("steps", 1)), Index.Size("steps", 2))]);

        Assert.Throws<InvalidOperationException>(() => library.Share());
    }

    [Fact]
    public void Layers_of_the_same_kind_have_one_kernel_for_their_gradients()
    {
        ModelSpec spec = new ModelBuilder("Sized").Sequence(9, 6, ("Batch", 16))
            .Item("Lstm", ("Units", 10), ("ReturnSequences", true)).Item("SimpleRnn", ("Units", 20)).Dense(10).Build();
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

        GradientCall[] weights = schedule.Training.Gradients.Where(g => g.Gradient.Left is not null).ToArray();
        GradientCall[] biases = schedule.Training.Gradients.Where(g => g.Gradient.Left is null).ToArray();
        Assert.Equal(5, weights.Length);
        Assert.Single(biases.Select(g => schedule.Kernels.CallOf(g.Call.Kernel).Kernel).Distinct());
        Assert.Single(weights.Select(g => schedule.Kernels.CallOf(g.Call.Kernel).Kernel).Distinct());
        Assert.All(weights.Select(g => (g.Call.Kernel, Call: schedule.Kernels.CallOf(g.Call.Kernel))), w => Assert.Equal(w.Call.Kernel.Numbers.Count, w.Kernel.Numbers.Count + w.Call.Sizes.Count));
    }

    [Fact]
    public void A_kernel_of_several_layers_is_named_for_none()
    {
        KernelLibrary library = new();
        Add(library, "Lstm1Copy16", steps: 5, width: 32);
        Kernel other = Add(library, "Gru2Copy16", steps: 7, width: 32);
        Kernel third = Add(library, "Gru2Copy16", steps: 9, width: 32);
        KernelSet set = library.Share();

        Assert.Equal("Gru2Copy16_2", third.Name);
        Assert.Equal("Copy16", set.CallOf(other).Kernel.Name);
    }

    [Fact]
    public void Names_of_references_make_no_difference()
    {
        KernelLibrary library = new();
        Kernel x = library.Add("Clear", "", [new("x", ElementType.Single)], [], [new Point("xRow", new Place("x", 3)), new Clear(new Place("xRow", 0), 4)]);
        Kernel h = library.Add("Clear", "", [new("h", ElementType.Single)], [], [new Point("hRow", new Place("h", 3)), new Clear(new Place("hRow", 0), 4)]);
        Kernel apart = library.Add("Clear", "", [new("h", ElementType.Single)], [], [new Point("hRow", new Place("h", 3)), new Clear(new Place("h", 0), 4)]);

        Assert.Same(x, h);
        Assert.NotSame(x, apart);
    }

    [Fact]
    public void Layers_of_the_same_kind_have_one_kernel_for_their_products()
    {
        ModelSpec spec = new ModelBuilder("Sized").Sequence(9, 12, ("Batch", 16))
            .Item("SimpleRnn", ("Units", 16), ("ReturnSequences", true)).Item("SimpleRnn", ("Units", 8)).Build();
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

        Kernel[] products = schedule.Training.Forward.Body.OfType<Invoke>().Select(i => i.Kernel).Where(k => k.Numbers.Count > 0).ToArray();
        Assert.NotEmpty(products);
        Kernel product = Assert.Single(products.Distinct());
        Assert.Equal("Product16", product.Name);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1)]
    public void The_taps_of_a_convolution_are_a_loop(int batch)
    {
        ModelSpec spec = new ModelBuilder("Taps").Sequence(9, 32, ("Batch", batch)).Conv1D(16, 3, ("DilationRate", 2)).Build();
        Schedule schedule = ModelCompiler.Schedule(ShapeInference.Infer(spec), CancellationToken.None);

        Kernel product = Assert.Single(schedule.Training.Forward.Body.OfType<Loop>().SelectMany(l => l.Body)
            .Concat(schedule.Training.Forward.Body).OfType<Invoke>().Select(i => i.Kernel).Where(k => k.References.Any(r => r.Name == "weights")).Distinct());
        Assert.Equal(3, product.References.Count);
        Assert.Contains("for tap from 0 to 3 by 1", KernelDump.Write(product.Body), StringComparison.Ordinal);
    }

    private static Kernel Add(KernelLibrary library, string name, int steps, int width)
    {
        Index step = Index.Variable("step");
        Index at = step * Index.Size("width", width);
        IReadOnlyList<Statement> body = [new Loop("step", 0, Index.Size("steps", steps), 1, [new Store(new Place("b", at), new LoadVec(new Place("a", at)))])];
        return library.Add(name, "copies", [new("a", ElementType.Single), new("b", ElementType.Single)], [], body);
    }
}
