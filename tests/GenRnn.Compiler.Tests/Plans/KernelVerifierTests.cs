using System;
using System.Collections.Generic;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;
using Xunit;
using Index = GenRnn.Compiler.Kernels.Index;

namespace GenRnn.Compiler.Tests.Plans;

/// <summary>What a kernel may hold. (Every kernel of every model is verified as it is compiled.)</summary>
public sealed class KernelVerifierTests
{
    private static readonly Reference s_panel = new("weights", ElementType.Double), s_arena = new("x", ElementType.Single);

    [Fact]
    public void A_panel_may_hold_another_element_than_the_arena()
    {
        Kernel copy = Leaf([s_panel, new("kept", ElementType.Double), s_arena], [
            new Point("panel", new Place("weights", 4)),
            new Copy(new Place("panel", 0), new Place("kept", 0), 4),
            new Store(new Place("x", 0), new LoadVec(new Place("x", 4))),
        ]);
        KernelVerifier.Check(copy, ElementType.Single);
        KernelVerifier.Check(Driver(copy, new Place("panels", 0), new Place("panels", 16), new Place("arena", 0)), ElementType.Single);
    }

    public static TheoryData<string> Ways => new(s_broken.Keys);

    private static readonly Dictionary<string, (Kernel Kernel, string Message)> s_broken = new()
    {
        ["an unknown reference"] = (Leaf([s_arena], [new Clear(new Place("y", 0), 4)]), "leaf has no reference y"),
        ["a load of another element"] = (Leaf([s_panel, s_arena], [new Let("w", new LoadVec(new Place("weights", 0)))]), "leaf takes Double of weights for lanes of Single"),
        ["a load of another element by a local"] = (
            Leaf([s_panel], [new Point("panel", new Place("weights", 0)), new Let("w", new FmaVec(new SplatVec(new Place("panel", 0)), new LocalVec("a"), new LocalVec("b")))]),
            "leaf takes Double of panel for lanes of Single"),
        ["a copy to another element"] = (Leaf([s_panel, s_arena], [new Copy(new Place("weights", 0), new Place("x", 0), 4)]), "leaf copies Double to Single"),
        ["an argument of another element"] = (Driver(Leaf([s_panel], []), new Place("arena", 0)), "driver gives leaf Single for Double weights"),
        ["too few arguments"] = (Driver(Leaf([s_panel, s_arena], []), new Place("panels", 0)), "driver calls leaf with other arguments than it has parameters"),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Says_what_is_wrong(string way)
    {
        (Kernel kernel, string message) = s_broken[way];
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => KernelVerifier.Check(kernel, ElementType.Single));
        Assert.Equal("Broken kernel: " + message + ".", error.Message);
    }

    private static Kernel Leaf(IReadOnlyList<Reference> references, IReadOnlyList<Statement> body) => new("leaf", "", references, [], body, isLeaf: true);

    private static Kernel Driver(Kernel leaf, params Place[] arguments) =>
        new("driver", "", [new("arena", ElementType.Single), new("panels", ElementType.Double)], [], [new Loop("step", 0, 2, 1, [new Invoke(leaf, arguments, Array.Empty<Index>())])], isLeaf: false);
}
