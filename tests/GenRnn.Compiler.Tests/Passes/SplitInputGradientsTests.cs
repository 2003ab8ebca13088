using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Tests.Support;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.Passes;

public sealed class SplitInputGradientsTests
{
    public static TheoryData<string> Models => new(ModelCatalogue.All.Select(m => m.Name));

    [Fact]
    public void Moves_the_product_that_only_the_input_gradient_needs_out_of_the_scan()
    {
        Program program = Differentiated("Defaults");
        Region scan = program.Backward.Single();
        int products = scan.Values.Count(v => v.Op == OpCode.Linear);
        SplitInputGradients.Run(program);
        RemoveDeadValues.Run(program);
        Verifier.Check(program);

        Assert.Equal(2, products);
        Assert.Equal([false, true], program.Backward.Select(r => r.IsOnDemand));
        Assert.Equal([true, false], program.Backward.Select(r => r.IsScan));
        Assert.All(program.Backward, r => Assert.Single(r.Values, v => v.Op == OpCode.Linear));
    }

    [Fact]
    public void A_region_that_only_computes_the_input_gradient_runs_on_demand_as_it_is()
    {
        Program program = Differentiated("LeadingActivation");
        SplitInputGradients.Run(program);
        Assert.True(program.Backward.Single(r => r.Name == "activation backward").IsOnDemand);
    }

    [Fact]
    public void What_only_demanded_regions_read_is_demanded_too()
    {
        // Both directions' gradients of the input are added up in a region of their own.
        Program program = CompiledProgram.Of(ModelCatalogue.Find("BidirectionalLast").Spec);
        Assert.Equal(3, program.Backward.Count(r => r.IsOnDemand));
        Assert.All(program.Backward.Where(r => r.IsScan), scan => Assert.DoesNotContain(scan.Outputs, o => o.Target.Width == program.Inputs[0].Width));
    }

    [Fact]
    public void A_mask_that_both_halves_need_is_computed_twice()
    {
        Program program = RegionProgram.Build(p => p.B.Select(p.B.Greater(p.X, 0.1), p.B.Multiply(p.H, p.V), p.B.Multiply(p.X, 0.5)));
        Region demanded = program.Backward.Single(r => r.IsOnDemand && r.Outputs.Any(o => o.Target == program.InputGradients[0]));
        Assert.Contains(demanded.Values, v => v.IsMask);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Nothing_but_input_gradients_depends_on_a_region_on_demand(string model)
    {
        Program program = CompiledProgram.Of(ModelCatalogue.Find(model).Spec);
        HashSet<Sequence> demanded = program.Backward.Where(r => r.IsOnDemand).SelectMany(r => r.Outputs).Select(o => o.Target).ToHashSet();
        Assert.DoesNotContain(program.Backward.Where(r => !r.IsOnDemand).SelectMany(r => r.Inputs), i => demanded.Contains(i.Source));
        Assert.DoesNotContain(program.Backward.Where(r => !r.IsOnDemand).SelectMany(r => r.States), s => s.Initial is not null && demanded.Contains(s.Initial));
        Assert.DoesNotContain(program.Gradients, g => demanded.Contains(g.Right) || (g.Left is not null && demanded.Contains(g.Left)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void No_bit_of_a_model_changes(string model)
    {
        Program split = Differentiated(model);
        SplitInputGradients.Run(split);
        Verifier.Check(split);
        SamePass.Verify(Differentiated(model), split, seed: 2);
    }

    [Fact]
    public void No_bit_of_a_random_program_changes()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            Program split = RandomProgram.Build(seed);
            SplitInputGradients.Run(split);
            Verifier.Check(split);
            SamePass.Verify(RandomProgram.Build(seed), split, seed);
        }
    }

    private static Program Differentiated(string model)
    {
        Spec.ModelSpec spec = ModelCatalogue.Find(model).Spec;
        Program program = ModelLowering.Lower(ShapeInference.Infer(spec));
        Differentiation.Run(program);
        return program;
    }
}
