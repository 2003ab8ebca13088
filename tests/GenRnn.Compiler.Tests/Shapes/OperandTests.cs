using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Shapes;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Shapes;

/// <summary>What a layer is said to read, and whether what is merged fits.</summary>
public sealed class OperandTests
{
    [Fact]
    public void A_name_that_nothing_has()
    {
        Single(
            Wide().Gru(8, ("ReturnSequences", true)).Merge("Add", "Wid").Dense(1),
            "GEN0315", 3, -1, "Others", "nothing above Add is named 'Wid'; did you mean 'Wide'?", "\"Wide\"");
        Single(
            Wide().From("Wide", "Other").Merge("Add").Dense(1),
            "GEN0315", 2, 0, "Sources[1]", "nothing above Add is named 'Other'; there are X, Wide");
        Single(
            new ModelBuilder("M").Sequence(6, 8).From("X").Dense(1),
            "GEN0315", 1, 0, "Sources", "nothing above Dense(1) is named 'X'; give what it reads a Name");
    }

    [Fact]
    public void A_name_below()
    {
        Single(
            Wide().Merge("Add", "Mix").Dense(8, ("Name", "Mix")),
            "GEN0315", 2, -1, "Others", "'Mix' stands below; a layer reads what is above it. Feedback over time is a cell");
        Single(
            Wide().From("Wide", "Sum").Item("Add", ("Name", "Sum")).Dense(1),
            "GEN0315", 2, 0, "Sources[1]", "'Sum' is the layer itself; a layer reads what is above it. Feedback over time is a cell");
    }

    [Fact]
    public void A_number_of_operands_that_a_layer_does_not_take()
    {
        Single(Wide().Merge("Add").Dense(1), "GEN0315", 2, -1, "", "Add takes 2 operands or more and has 1: name the other, as in [Add(\"...\")], or all by [From]");
        Single(Wide().Merge("Subtract", "X", "X").Dense(1), "GEN0315", 2, -1, "", "Subtract takes 2 operands and has 3");
        Single(
            Wide().From("Wide", "X").Dense(1),
            "GEN0315", 2, 0, "", "Dense takes one operand and has 2: merge them in a layer in front of it, [Add] or [Concatenate] for example");
        Single(
            Wide().From("Wide", "X").Merge("Add", "X").Dense(1),
            "GEN0315", 2, 0, "", "[From] lists all operands in order; leave out those in [Add], or [From]");
        Single(
            Wide().From("Wide").From("X").Dense(1),
            "GEN0315", 2, 1, "", "[From] stands once in front of a layer, with all that it reads");
    }

    [Fact]
    public void Inputs_in_a_row_of_which_none_is_in_front() => Single(
        new ModelBuilder("M").Sequence(6, 3, ("Name", "A")).Sequence(6, 3, ("Name", "B")).Dense(3, ("Name", "C")).From("A", "C").Merge("Add"),
        "GEN0315", 2, -1, "", "Dense(3) 'C' follows Input 'A' and Input 'B': write [From(\"A\")] or [From(\"B\")] in front of it");

    [Fact]
    public void Shapes_that_do_not_fit()
    {
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "X")).Dense(8).Merge("Add", "X").Dense(1),
            "GEN0316", 2, -1, "Others", "Add adds element by element, so features must be equally many, or one of them one, but Dense(8) gives (None, 6, 8) and Input 'X' gives (None, 6, 3)");
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "X")).Conv1D(3, 3).Merge("Concatenate", "X").Dense(1),
            "GEN0316", 2, -1, "Others", "Concatenate over features needs equally many time steps, but Conv1D(3) gives (None, 4, 3) and Input 'X' gives (None, 6, 3)");
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "X")).Dense(4).Item("Concatenate", ("Others", new[] { "X" }), ("Axis", "Time")).Dense(1),
            "GEN0316", 2, -1, "Others", "Concatenate over time needs equally many features, but Dense(4) gives (None, 6, 4) and Input 'X' gives (None, 6, 3)");
        Single(
            new ModelBuilder("M").Sequence(6, 3, ("Name", "X")).Vector(3, ("Name", "V")).From("X", "V").Merge("Add").Gru(3),
            "GEN0316", 2, 0, "Sources[1]", "Add merges Input 'X', which gives (None, 6, 3), and Input 'V', a vector (None, 3); to have the vector at every step, write [RepeatVector(6)] behind it");
    }

    [Fact]
    public void A_mask_that_ends_at_a_merge() => Single(
        new ModelBuilder("M").Sequence(6, 3, ("Name", "X")).Masking().Gru(3, ("ReturnSequences", true)).Merge("Add", "X").Dense(1),
        "GEN0308", 3, -1, "", "Add merges masked steps of Gru(3) with Input 'X', of which all steps count: all of its own steps count, and no layer after it knows which were masked");

    [Fact]
    public void A_layer_that_is_passed_by() => Single(
        Wide().From("X").Gru(8),
        "GEN0314", 1, -1, "", "nothing reads Dense(8) 'Wide': Gru(8) after it reads what [From] names; name 'Wide' there, or where it is to be read, or remove it");

    private static ModelBuilder Wide() => new ModelBuilder("M").Sequence(6, 8, ("Name", "X")).Dense(8, ("Name", "Wide"));

    private static void Single(ModelBuilder builder, string id, int item, int modifier, string flag, string message, string suggestion = "")
    {
        Finding finding = Assert.Single(ShapeInference.Infer(builder.Build()).Findings);
        Assert.Equal((id, new Place(item, modifier, flag), message, suggestion), (finding.Id, finding.Place, finding.Message, finding.Suggestion));
    }
}
