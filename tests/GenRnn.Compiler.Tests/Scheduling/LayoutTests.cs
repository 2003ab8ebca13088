using System.Linq;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using Xunit;

namespace GenRnn.Compiler.Tests.Scheduling;

public sealed class LayoutTests
{
    /// <summary>The widest vector has 16 elements; that of a part may start at its last lane.</summary>
    [Fact]
    public void The_last_vector_of_a_part_stays_in_its_row() =>
        Assert.All(Enumerable.Range(1, 600), width => Assert.True(Layout.For(LaneAxis.Units, 8, width, isAssembled: true).RowStride >= width - 1 + 16));

    [Fact]
    public void Rows_are_no_multiple_of_a_kilobyte_apart() =>
        Assert.All(Enumerable.Range(1, 600), width => Assert.All(
            new[] { false, true }, assembled => Assert.NotEqual(0, Layout.For(LaneAxis.Units, 8, width, assembled).RowStride % 256)));

    [Fact]
    public void With_rows_in_lanes_parts_need_no_room() =>
        Assert.Equal(Layout.For(LaneAxis.Rows, 32, 12), Layout.For(LaneAxis.Rows, 32, 12, isAssembled: true));
}
