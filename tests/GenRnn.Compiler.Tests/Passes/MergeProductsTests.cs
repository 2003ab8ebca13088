using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class MergeProductsTests
{
    [Fact]
    public void Neighbouring_columns_become_one_product_and_slices_of_it()
    {
        Program Build() => RegionProgram.Forward(p =>
        {
            ParameterView kernel = p.Weights(4, 8), recurrent = p.Weights(4, 8), bias = p.Vector(8);
            Value Gate(int column) => p.B.Linear(4, bias.SliceColumns(column, 4), (p.X, kernel.SliceColumns(column, 4)), (p.H, recurrent.SliceColumns(column, 4)));
            Value first = p.B.Unary(OpCode.Sigmoid, Gate(0));
            return p.B.Multiply(first, p.B.Unary(OpCode.Tanh, Gate(4)));
        });
        Program program = Build();
        MergeProducts.Run(program);

        Value product = Assert.Single(program.Forward.Single().Values, v => v.Op == OpCode.Linear);
        Assert.Equal(8, product.Width);
        Assert.Equal(2, program.Forward.Single().Values.Count(v => v.Op == OpCode.Slice));
        LoweredProgram.SamePrediction(Build(), program);
    }

    [Fact]
    public void Products_of_other_operands_or_of_columns_apart_stay()
    {
        Program program = RegionProgram.Forward(p =>
        {
            ParameterView kernel = p.Weights(4, 12);
            Value a = p.B.Linear(4, null, (p.X, kernel.SliceColumns(0, 4)));
            Value b = p.B.Linear(4, null, (p.X, kernel.SliceColumns(8, 4)));
            Value c = p.B.Linear(4, null, (p.H, kernel.SliceColumns(4, 4)));
            return p.B.Add(p.B.Add(a, b), c);
        });
        MergeProducts.Run(program);
        Assert.Equal(3, program.Forward.Single().Values.Count(v => v.Op == OpCode.Linear));
    }

    [Fact]
    public void Gates_whose_masks_are_gone_are_one_product()
    {
        Program program = LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).Lstm(4, ("RecurrentDropout", 0.5)));
        int before = program.Forward.Last().Values.Count(v => v.Op == OpCode.Linear);
        InferenceMode.Run(program);
        MergeProducts.Run(program);
        RemoveDeadValues.Run(program);
        Value product = Assert.Single(program.Forward.Last().Values, v => v.Op == OpCode.Linear);
        Assert.Equal((4, 16), (before, product.Width));
        LoweredProgram.SamePrediction(LoweredProgram.Of(new ModelBuilder("M").Sequence(5, 3).Lstm(4)), program);
    }
}
