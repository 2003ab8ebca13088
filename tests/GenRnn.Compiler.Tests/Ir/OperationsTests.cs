using System;
using System.Linq;
using GenRnn.Compiler.Ir;
using Xunit;

namespace GenRnn.Compiler.Tests.Ir;

/// <summary>The table of operations.</summary>
public sealed class OperationsTests
{
    [Fact]
    public void Every_operation_has_its_row() => Assert.Equal(Enum.GetValues<OpCode>(), Operations.All.Select(o => o.Op));

    [Fact]
    public void Every_argument_is_one_of_the_closed_record_and_every_one_is_used() => Assert.Equal(
        typeof(OpArgument).Assembly.GetTypes().Where(t => t.BaseType == typeof(OpArgument)).OrderBy(t => t.Name, StringComparer.Ordinal),
        Operations.All.Select(o => o.Argument).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal));

    [Fact]
    public void A_value_is_an_operation_its_width_its_operands_and_its_argument_and_a_copy_has_all_of_them()
    {
        // What is told of a value is told by these; the number is given by the region, and the name is for a reader alone.
        Assert.Equal(
            ["Argument", "Id", "Name", "Op", "Operands", "Width"],
            typeof(Value).GetProperties().Where(p => p.GetMethod!.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)).Select(p => p.Name).Order(StringComparer.Ordinal));

        Region region = new("region", 0, 1);
        RegionBuilder b = new(region);
        Value number = b.Constant(0.5, 4);
        Value copy = b.Copy(number, []);
        Assert.Equal((number.Op, number.Width, number.Argument), (copy.Op, copy.Width, copy.Argument));
    }

    [Fact]
    public void Asking_for_another_operations_argument_says_so()
    {
        Value number = new RegionBuilder(new Region("region", 0, 1)).Constant(0.5);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => number.Offset);
        Assert.Equal("The operation Constant of %0 has a NumberArgument, no OffsetArgument.", error.Message);
    }
}
