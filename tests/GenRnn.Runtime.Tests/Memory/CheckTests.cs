using System;
using GenRnn.CompilerServices;
using Xunit;

namespace GenRnn.Runtime.Tests;

public sealed class CheckTests
{
    [Fact]
    public void Rows_are_counted() => Assert.Equal(3, Check.Rows(150, 50, "input"));

    [Theory]
    [InlineData(0), InlineData(49), InlineData(51)]
    public void A_length_that_is_no_number_of_rows_is_refused(int length)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("input", () => Check.Rows(length, 50, "input"));
        Assert.Contains("50", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_rows_and_states_say_found_and_expected()
    {
        Check.Length(5, 5, "output");
        Check.StepLength(6, 2, 3, "input");
        Check.RowsAtMost(4, 4, "input");
        Check.StateRows(4, 4, "state");
        Check.StateRowsAllowed(1, 4);
        Check.StateRowsAllowed(4, 4);
        AssertSays(Assert.Throws<ArgumentException>("output", () => Check.Length(4, 5, "output")), "4", "5");
        AssertSays(Assert.Throws<ArgumentException>("input", () => Check.StepLength(4, 1, 3, "input")), "Found 4 values", "expected 3", "for 1 row,", "of 3");
        AssertSays(Assert.Throws<ArgumentException>("input", () => Check.StepLength(3, 2, 3, "input")), "Found 3 values", "expected 6", "for 2 rows,");
        AssertSays(Assert.Throws<ArgumentOutOfRangeException>("input", () => Check.RowsAtMost(5, 4, "input")), "5", "4");
        AssertSays(Assert.Throws<ArgumentException>("state", () => Check.StateRows(1, 4, "state")), "1", "4");
        AssertSays(Assert.Throws<ArgumentOutOfRangeException>("rows", () => Check.StateRowsAllowed(2, 4)), "2", "4");
    }

    // Nobody who forgot the lengths knows what a row of 31 values is.
    [Fact]
    public void A_packed_row_has_its_lengths()
    {
        Assert.Equal(3, Check.PackedRows(93, 31, 1, "inputs"));
        AssertSays(
            Assert.Throws<ArgumentException>("inputs", () => Check.PackedRows(60, 31, 1, "inputs")),
            "Found 60 values, 2 rows without lengths; expected 31 for each row, its 30 values and its length", "Lengths = true");
        AssertSays(Assert.Throws<ArgumentException>("inputs", () => Check.PackedRows(61, 32, 2, "inputs")), "Found 61 values; expected 32 for each row, its 30 values and its 2 lengths");
        AssertSays(Assert.Throws<ArgumentException>("inputs", () => Check.PackedRows(0, 31, 1, "inputs")), "Found 0 values; expected 31");
    }

    // CreateState() of a stateful model: 32 rows that nobody wrote down.
    [Fact]
    public void One_row_beside_a_state_of_several_is_told_where_they_come_from()
    {
        const string Advice = "For a single row make it by CreateState(1); a stateful model's CreateState() has the rows of a whole batch.";
        AssertSays(Assert.Throws<ArgumentException>("input", () => Check.StepLength(3, 32, 3, "input")), "Found 3 values; expected 96: the state was made for 32 rows, each of 3. " + Advice);
        AssertSays(Assert.Throws<ArgumentException>("state", () => Check.StateRows(32, 1, "state")), "Found a state of 32 rows; expected 1, the number of rows of the call. " + Advice);
        Assert.DoesNotContain("CreateState", Assert.Throws<ArgumentException>("input", () => Check.StepLength(4, 32, 3, "input")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateState", Assert.Throws<ArgumentException>("state", () => Check.StateRows(1, 4, "state")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_of_another_model_is_refused()
    {
        ModelInfo info = Models.Small();
        Check.SameModel(info, info, "workspace");
        ModelInfo other = Models.Small() with { Name = "Other" };
        AssertSays(Assert.Throws<ArgumentException>("workspace", () => Check.SameModel(info, other, "workspace")), "Small", "Other");
    }

    /// <summary>41,944 rows of 102,400 outputs are 2^32 + 98,304 values: what an int takes them for.</summary>
    [Fact]
    public void Sizes_beyond_an_int_are_refused_and_said_in_full()
    {
        AssertSays(Assert.Throws<ArgumentException>("output", () => Check.Length(98_304, 41_944, 102_400, "output")), "98304", "4295065600");
        AssertSays(Assert.Throws<ArgumentException>("output", () => Check.StepLength(98_304, 41_944, 102_400, "output")), "98304", "4295065600");
    }

    private static void AssertSays(Exception exception, params string[] words)
    {
        foreach (string word in words)
            Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }
}
