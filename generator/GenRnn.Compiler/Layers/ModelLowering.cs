using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>Writes a checked model as a program: every layer adds its regions, which read the sequences of its operands.</summary>
public static class ModelLowering
{
    /// <param name="shapes">The model with its shapes, without errors.</param>
    /// <param name="canTrain">Whether training passes will run it, or inference alone.</param>
    public static Program Lower(ModelShapes shapes, bool canTrain = true)
    {
        ModelGraph graph = shapes.Graph;
        Program program = new() { CanTrain = canTrain };
        Dictionary<GraphNode, Operand> given = new();
        Dictionary<GraphNode, StateSource> states = new();
        foreach (GraphNode input in graph.Inputs)
        {
            Sequence values = DeclareInput(program, input.Item, shapes.Items[input.Index]);
            given[input] = new Operand(values, Mask: null);
            states[input] = new StateSource(new[] { values }, 1);
        }

        Dictionary<GraphNode, IReadOnlyList<Parameter>> parameters = new();
        LayerNames names = new();
        List<Sequence> stateOutputs = new();
        foreach (GraphNode node in graph.Nodes)
        {
            if (node.IsInput)
            {
                if (node.Item.GetBoolean("Lengths"))
                    given[node] = RowLengths.Apply(program, given[node].Values);
                continue;
            }

            LoweringContext context = Lower(program, graph, node, shapes.Items[node.Index], given, states, parameters, names);
            parameters[node] = program.Parameters.Where(p => p.Layer == context.LayerIndex).ToList();
            given[node] = new Operand(context.Output, context.OutputMask);
            states[node] = new StateSource(context.States, LayerRegistry.Of(node.Item)!.Directions);
            if (node.Item.GetBoolean("ReturnState"))
                stateOutputs.AddRange(context.States);
        }

        program.Outputs.AddRange(graph.Outputs.Select(o => given[o].Values));
        if (graph.Outputs.Count > 1)
            program.OutputNames.AddRange(graph.Outputs.Select(o => o.Name));
        program.Outputs.AddRange(stateOutputs);
        program.OutputMask = given[graph.Outputs[0]].Mask?.Steps;
        HistoryReaders.KeepApart(program);
        return program;
    }

    private static Sequence DeclareInput(Program program, ItemSpec item, Shape shape)
    {
        Sequence input = program.NewSequence(item.GetText("Name", "input"), shape.TimeSteps, shape.Features, SequenceKind.Input);
        program.Inputs.Add(input);
        if (item.GetBoolean("Lengths"))
            RowLengths.Declare(program, item);
        return input;
    }

    private static LoweringContext Lower(
        Program program, ModelGraph graph, GraphNode node, Shape shape, IReadOnlyDictionary<GraphNode, Operand> given, IReadOnlyDictionary<GraphNode, StateSource> states,
        IReadOnlyDictionary<GraphNode, IReadOnlyList<Parameter>> parameters, LayerNames names)
    {
        Layer layer = LayerRegistry.Of(node.Item)!;
        (string name, string view) = names.Of(node, layer);
        if (node.SharedWith is not null)
            names = names.Fork();
        string? innerName = layer.Inner is null ? null : names.Next(layer.Inner.KerasName).Name;
        int own = program.Parameters.Count;
        IReadOnlyList<Sequence> initialStates = InitialStates.Of(program, name, layer, node.InitialStates.Select(s => states[s!]));
        LoweringContext context = new(
            program, node.Item, name, graph.Spec.IsStepped ? "" : name, node.Operands.Select(o => given[o]).ToList(), shape, initialStates, names)
        {
            InnerName = innerName,
            IsOutput = node == graph.Outputs[0],
            Shared = node.SharedWith is { } shared ? new Queue<Parameter>(parameters[shared]) : null,
        };
        layer.Lower(context);
        if (!layer.PenalizesParts)
            ActivityPenalty.Add(context);
        program.Layers.Add(new LayerNode(
            name,
            view,
            layer.KerasClass,
            shape.TimeSteps,
            shape.Features,
            Shape.Sum(program.Parameters.Skip(own).Select(p => p.Length)),
            MultiplyAdds(program, program.Layers.Count)));
        return context;
    }

    private static long MultiplyAdds(Program program, int layer) => program.Forward
        .Where(r => r.Layer == layer)
        .Sum(r => (long)r.Steps * r.Values.Sum(v => v.Terms.Sum(t => (long)t.Weights.Rows * v.Width)));
}
