using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Graph;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Lowering;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Analyzers.Models;

/// <summary>No mistake: shape and size of each layer, for who switches it on and hovers over the attribute.</summary>
internal sealed class LayerShape : IModelRule
{
    public IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.LayerShape) };

    public IEnumerable<Diagnostic> Check(AnalyzedModel model)
    {
        if (model.HasErrors || model.Spec.IsCell)
            yield break;

        Program program = ModelLowering.Lower(model.Shapes);
        foreach ((GraphNode node, LayerNode layer) in model.Shapes.Graph.Layers.Zip(program.Layers, (node, layer) => (node, layer)))
        {
            if (model.Parsed.FindAttribute(node.Index) is not { } attribute)
                continue;
            yield return Diagnostic.Create(
                DiagnosticTable.Of(Rules.LayerShape),
                attribute.Name.GetLocation(),
                node.Item.Describe(),
                model.Shapes.Items[node.Index],
                layer.ParameterCount,
                layer.MultiplyAddsPerRow);
        }
    }
}
