using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Models;

/// <summary>
/// A layer that sees later steps in a model that predicts them: such a model is trained on its own targets and knows nothing when it has to go on by
/// itself. That a model does so is taken from what cannot well mean anything else: causal convolutions beside the one that is not, or a choice at
/// every step among the ids that the model reads.
/// </summary>
internal sealed class LookAhead : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.LookAhead) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        if (model.HasErrors || model.Shapes.Graph.Inputs.Count() != 1 || model.Shapes.Graph.Outputs.Count != 1)
            yield break;

        string chooses = Chooses(model.Shapes);
        bool hasCausal = model.Spec.Items.Any(i => Of(i) == LaterSteps.KeptOut);
        foreach ((ItemSpec item, int index) in model.UnderstoodItems)
        {
            string layer = item.Describe();
            if (Of(item) == LaterSteps.Seen && (hasCausal || chooses.Length > 0))
            {
                string why = hasCausal ? "the other convolutions of this model are causal" : chooses;
                yield return Diagnostic.Create(
                    DiagnosticTable.Of(Rules.LookAhead), model.Locate(index, LayerRegistry.Find(item.Kind)!.LaterStepsFlag!.Name), layer, "with Padding.Same sees later steps", why, "use Padding.Causal");
            }

            for (int m = 0; m < item.Modifiers.Count; m++)
            {
                if (LayerRegistry.FindWrapper(item.Modifiers[m].Kind) is { SeesLaterSteps: true } && item[TimeFlags.ReturnSequences] && chooses.Length > 0
                    && model.Parsed.FindAttribute(index, m) is { } attribute)
                {
                    yield return Diagnostic.Create(
                        DiagnosticTable.Of(Rules.LookAhead), attribute.GetLocation(), layer, "reads the steps from their end as well", chooses, "remove [Bidirectional]");
                }
            }
        }
    }

    private static LaterSteps Of(ItemSpec item) => LayerRegistry.Find(item.Kind)?.LaterSteps(item) ?? LaterSteps.NoChoice;

    /// <summary>What shows that each step chooses among the ids that the model reads; empty if nothing does.</summary>
    private static string Chooses(ModelShapes shapes)
    {
        int ids = shapes.Graph.Layers.Select(n => LayerRegistry.Find(n.Item.Kind)?.Vocabulary(n.Item) ?? 0).FirstOrDefault(count => count > 0);
        Shape output = shapes.Items[shapes.Graph.Outputs[0].Index];
        ItemSpec last = shapes.Graph.Outputs[0].Item;
        return ids > 1 && !output.IsVector && output.Features == ids
            && LayerRegistry.Find(last.Kind) is { WorksStepByStep: true } layer && layer.OutputActivation(last).Length > 0
            ? string.Format(CultureInfo.InvariantCulture, "each step chooses among the {0} ids that the model reads, as if to predict the next one", ids)
            : "";
    }
}
