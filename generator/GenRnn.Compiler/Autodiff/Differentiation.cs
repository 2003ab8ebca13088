using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>Adds the backward half to a program: one reverse walk a region, last region first.</summary>
public static class Differentiation
{
    public static void Run(Program program)
    {
        Dictionary<Sequence, List<Sequence>> upstream = new();
        foreach (Sequence output in program.Outputs)
            program.OutputGradients.Add(AddGiven(program, output, upstream));
        if (program.Penalty is { } penalty)
            program.PenaltyGradient = AddGiven(program, penalty, upstream);
        if (program.Logits is { } logits)
            program.LogitsGradient = AddGiven(program, logits.Values, upstream);

        Activity activity = new(program);
        foreach (Region region in Enumerable.Reverse(program.Forward).ToList())
        {
            ReverseWalk walk = new(program, region, upstream, activity);
            program.Backward.Add(walk.Run());
            program.Backward.AddRange(walk.Shifted);
        }

        foreach (Sequence input in program.Inputs)
        {
            Sequence? gradient = upstream.TryGetValue(input, out List<Sequence>? list) ? VectorSums.Add(program, list, program.Forward[0]) : null;
            program.InputGradients.Add(gradient);
        }
    }

    /// <summary>A gradient that is given from outside.</summary>
    private static Sequence AddGiven(Program program, Sequence output, Dictionary<Sequence, List<Sequence>> upstream)
    {
        Sequence gradient = program.NewSequence("d_" + output.Name, output.Steps, output.Width, SequenceKind.Input);
        if (!upstream.TryGetValue(output, out List<Sequence>? list))
            upstream[output] = list = new List<Sequence>();
        list.Add(gradient);
        return gradient;
    }
}
