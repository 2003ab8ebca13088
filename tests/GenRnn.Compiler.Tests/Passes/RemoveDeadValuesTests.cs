using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class RemoveDeadValuesTests
{
    [Fact]
    public void Drops_values_and_inputs_that_nothing_reads_and_numbers_the_rest()
    {
        Program program = RegionProgram.Forward(p =>
        {
            p.B.Unary(OpCode.Exp, p.V);
            return p.B.Add(p.X, p.H);
        });
        RemoveDeadValues.Run(program);
        Verifier.Check(program);

        Region region = program.Forward.Single();
        Assert.Equal([OpCode.Input, OpCode.State, OpCode.Add], region.Values.Select(v => v.Op));
        Assert.Equal([0, 1, 2], region.Values.Select(v => v.Id));
        Assert.Equal(["x"], region.Inputs.Select(i => i.Source.Name));
    }

    [Fact]
    public void Drops_outputs_and_final_states_that_nothing_reads()
    {
        Program program = RegionProgram.Forward(p => p.B.Add(p.X, p.H));
        program.Outputs.Clear();
        Region region = program.Forward.Single();
        program.Outputs.Add(region.States[0].Final!);
        RemoveDeadValues.Run(program);
        Assert.Empty(region.Outputs);
        Assert.NotNull(region.States[0].Final);

        program = RegionProgram.Forward(p => p.B.Add(p.X, p.H));
        region = program.Forward.Single();
        program.Outputs.Remove(region.States[0].Final!);
        RemoveDeadValues.Run(program);
        Assert.Equal(["all"], region.Outputs.Select(o => o.Target.Name));
        Assert.Null(region.States[0].Final);
    }

    [Fact]
    public void Drops_a_region_that_gives_nothing_and_then_what_only_it_read()
    {
        Program program = RegionProgram.Forward(p => p.B.Add(p.X, p.H));
        Sequence first = AddMap(program, program.Inputs[0], "first");
        AddMap(program, first, "second");
        RemoveDeadValues.Run(program);
        Assert.Equal(["body"], program.Forward.Select(r => r.Name));
    }

    [Fact]
    public void Keeps_what_a_parameter_gradient_or_an_input_gradient_reads()
    {
        Program program = RegionProgram.Forward(p => p.B.Linear(4, p.Vector(4), (p.X, p.Weights(4, 4)), (p.H, p.Weights(4, 4))));
        Differentiation.Run(program);
        int outputs = program.Backward.Sum(r => r.Outputs.Count);
        RemoveDeadValues.Run(program);
        Verifier.Check(program);
        Assert.Equal(outputs, program.Backward.Sum(r => r.Outputs.Count));
    }

    [Fact]
    public void Keeps_the_state_of_a_layer_that_is_carried_from_call_to_call()
    {
        Program program = RegionProgram.Forward(p => p.B.Add(p.X, p.H));
        program.Outputs.Clear();
        RemoveDeadValues.Run(program);
        Assert.Single(program.Forward);
    }

    [Fact]
    public void Drops_a_state_that_only_feeds_itself_and_numbers_the_others()
    {
        Program program = RegionProgram.Forward(p =>
        {
            RegionState idle = new("idle", 4, null);
            idle.Next = p.B.Add(p.B.State(idle), p.X);
            return p.B.Add(p.X, p.H);
        });
        Region region = program.Forward.Single();
        region.States.Reverse();
        foreach (Value leaf in region.Values.Where(v => v.Op == OpCode.State))
            leaf.Argument = new LeafArgument(1 - leaf.Index);
        RemoveDeadValues.Run(program);
        Verifier.Check(program);

        Assert.Equal(["h"], region.States.Select(s => s.Name));
        Assert.Equal(0, region.Values.Single(v => v.Op == OpCode.State).Index);
    }

    [Fact]
    public void Drops_the_gradient_of_a_state_that_only_steers()
    {
        Program program = CompiledProgram.Of(ModelCatalogue.Find("LargestRows").Spec);
        Assert.Equal(["max", "ties"], program.Forward.Single().States.Select(s => s.Name));
        Assert.Equal(["d_max"], program.Backward[0].States.Select(s => s.Name));
    }

    [Fact]
    public void Changes_no_bit()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Program before = RandomProgram.Build(seed);
            Program after = RandomProgram.Build(seed);
            RemoveDeadValues.Run(after);
            Verifier.Check(after);
            SamePass.Verify(before, after, seed);
        }
    }

    private static Sequence AddMap(Program program, Sequence source, string name)
    {
        Region region = new(name, 0, source.Steps);
        program.Forward.Add(region);
        RegionBuilder b = new(region);
        Sequence target = program.NewSequence(name, source.Steps, source.Width);
        b.Output(b.Unary(OpCode.Negate, b.Input(source, TimeAccess.Same)), target, TimeAccess.Same);
        return target;
    }
}
