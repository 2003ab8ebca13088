using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;

namespace GenRnn.Compiler.Shapes;

/// <summary>Several outputs have names of their own, which the parameters of a model's methods, the targets and the losses are called by.</summary>
internal static class OutputRules
{
    /// <summary>Names of other parameters beside the outputs.</summary>
    private static readonly string[] s_taken = { "Input", "Inputs", "Outputs", "Lengths", "State", "Workspace", "Training", "Arena", "Count", "InUse", "Memory", "Origin", "OutputLength", "Panels", "Row", "Rows" };

    public static void Check(ModelGraph graph, IReadOnlyList<OperandShape> given, ICollection<Finding> findings)
    {
        if (graph.Outputs.Count < 2)
            return;
        foreach (GraphNode output in graph.Outputs)
        {
            if (output.Name.Length == 0)
            {
                findings.Add(new Finding(Rules.UnnamedOutput, new Place(output.Index), LayerRules.Format(
                    "{0} is one of {1} outputs and needs a Name: the parameter of Predict, the target and the loss are called by it",
                    output.Item.Describe(), graph.Outputs.Count)));
            }
            else if (s_taken.Contains(output.Name, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(new Finding(Rules.InvalidName, new Place(output.Index, Flag: ItemFlags.Name.Name), new EquatableArray<string>(new[]
                {
                    output.Name, output.Item.Kind, "is the name of another parameter or variable in Predict, Forward or Backward",
                })));
            }
        }

        // Only the first output hands its mask to the loss.
        foreach (GraphNode output in graph.Outputs.Skip(1).Where(o => given[o.Index].IsMasked))
        {
            findings.Add(new Finding(Rules.LostMask, new Place(output.Index), LayerRules.Format(
                "the loss of the output {0} counts masked steps like any other: only that of the first output goes by its mask; declare it first, or give it SampleWeights", output.Item.Describe())));
        }
    }
}
