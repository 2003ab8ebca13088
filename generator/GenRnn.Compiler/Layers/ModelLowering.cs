using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Writes a checked declaration as a program: every layer adds its regions, chained by their sequences.</summary>
public static class ModelLowering
{
    /// <param name="spec">The declaration.</param>
    /// <param name="shapes">Its shapes, without errors.</param>
    /// <param name="canTrain">Whether training passes will run it, or inference alone.</param>
    public static Program Lower(ModelSpec spec, ModelShapes shapes, bool canTrain = true)
    {
        Program program = new() { CanTrain = canTrain };
        Dictionary<string, StateSource> sources = DeclareInputs(spec, shapes, program, out IReadOnlyDictionary<int, Sequence> inputs);
        LayerNames names = new();
        List<Sequence> stateOutputs = new();
        Sequence? current = null;
        TimeMask? mask = null;
        for (int index = 0; index < spec.Items.Count; index++)
        {
            ItemSpec item = spec.Items[index];
            if (item.Kind == "Input")
            {
                if (current is null || Branches.StartsChain(spec, index))
                {
                    current = inputs[index];
                    mask = null;
                    if (item.GetBoolean("Lengths"))
                        (current, mask) = RowLengths.Apply(program, current);
                }

                continue;
            }

            Layer layer = LayerRegistry.Of(item)!;
            (string name, string view) = names.Of(item, layer);
            string? innerName = layer.Inner is null ? null : names.Next(layer.Inner.KerasName).Name;
            int parameters = program.Parameters.Count;
            LoweringContext context = new(program, item, name, spec.IsStepped ? "" : name, current!, ShapeOf(current!), shapes.Items[index], InitialStates.Of(program, item, name, layer, sources), names)
            {
                InnerName = innerName,
                InputMask = mask,
                IsOutput = index == spec.Items.Count - 1,
            };
            layer.Lower(context);
            if (!layer.PenalizesParts)
                ActivityPenalty.Add(context);
            program.Layers.Add(new LayerNode(
                name,
                view,
                layer.KerasClass,
                shapes.Items[index].TimeSteps,
                shapes.Items[index].Features,
                Shape.Sum(program.Parameters.Skip(parameters).Select(p => p.Length)),
                MultiplyAdds(program, program.Layers.Count)));
            sources[name] = new StateSource(context.States, layer.Directions);
            if (item.GetBoolean("ReturnState"))
                stateOutputs.AddRange(context.States);
            current = context.Output;
            mask = context.OutputMask;
        }

        program.Outputs.Add(current!);
        program.Outputs.AddRange(stateOutputs);
        program.OutputMask = mask?.Steps;
        return program;
    }

    private static Dictionary<string, StateSource> DeclareInputs(
        ModelSpec spec, ModelShapes shapes, Program program, out IReadOnlyDictionary<int, Sequence> inputs)
    {
        Dictionary<string, StateSource> sources = new();
        Dictionary<int, Sequence> byItem = new();
        for (int index = 0; index < spec.Items.Count; index++)
        {
            if (spec.Items[index].Kind != "Input")
                continue;
            string name = spec.Items[index].GetText("Name", "input");
            Sequence input = program.NewSequence(name, shapes.Items[index].TimeSteps, shapes.Items[index].Features, SequenceKind.Input);
            program.Inputs.Add(input);
            if (spec.Items[index].GetBoolean("Lengths"))
                RowLengths.Declare(program, spec.Items[index]);
            byItem[index] = input;
            sources[name] = new StateSource(new[] { input }, 1);
        }

        inputs = byItem;
        return sources;
    }

    private static Shape ShapeOf(Sequence sequence) => new(sequence.Steps, sequence.Width);

    private static long MultiplyAdds(Program program, int layer) => program.Forward
        .Where(r => r.Layer == layer)
        .Sum(r => (long)r.Steps * r.Values.Sum(v => v.Terms.Sum(t => (long)t.Weights.Rows * v.Width)));
}
