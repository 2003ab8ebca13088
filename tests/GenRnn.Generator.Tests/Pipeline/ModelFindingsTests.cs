using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Generator.Pipeline;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>What remains of the compiler's findings beside the parser's.</summary>
public class ModelFindingsTests
{
    [Fact]
    public void Nothing_is_said_of_shapes_from_a_hole_on()
    {
        EquatableArray<Finding> parsed = Findings(("GEN0203", 2, "Units"));
        EquatableArray<Finding> compiled = Findings(("GEN0502", -1, ""), ("GEN0302", 0, ""), ("GEN0204", 1, "Units"), ("GEN0204", 2, "Units"), ("GEN0301", 3, ""));

        Assert.Equal(["GEN0203", "GEN0302", "GEN0204"], ModelFindings.Merge(parsed, compiled, firstHole: 2).Select(f => f.Id));
        Assert.Equal(["GEN0502", "GEN0302", "GEN0204", "GEN0204", "GEN0301"], ModelFindings.Merge(default, compiled, firstHole: int.MaxValue).Select(f => f.Id));
    }

    [Fact]
    public void A_flag_is_not_complained_of_twice()
    {
        EquatableArray<Finding> parsed = Findings(("GEN0202", 1, "Activation"), ("GEN0107", 2, ""));
        EquatableArray<Finding> compiled = Findings(("GEN0207", 1, "Activation"), ("GEN0204", 1, "Units"), ("GEN0302", 2, ""));

        Assert.Equal(["GEN0202", "GEN0107", "GEN0204", "GEN0302"], ModelFindings.Merge(parsed, compiled, firstHole: int.MaxValue).Select(f => f.Id));
    }

    private static EquatableArray<Finding> Findings(params (string Id, int Item, string Flag)[] findings) =>
        findings.Select(f => new Finding(Rules.Find(f.Id), new Place(f.Item, Flag: f.Flag), default(EquatableArray<string>))).ToEquatableArray();
}
