using System.Collections.Generic;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Shapes;
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

        Program program = ModelLowering.Lower(model.Spec, model.Shapes);
        int next = 0;
        for (int index = 0; index < model.Spec.Items.Count; index++)
        {
            if (model.Spec.Items[index].Kind == "Input")
                continue;

            LayerNode layer = program.Layers[next++];
            if (model.Parsed.FindAttribute(index) is not { } attribute)
                continue;
            yield return Diagnostic.Create(
                DiagnosticTable.Of(Rules.LayerShape),
                attribute.Name.GetLocation(),
                ShapeInference.Describe(model.Spec.Items[index]),
                model.Shapes.Items[index],
                layer.ParameterCount,
                layer.MultiplyAddsPerRow);
        }
    }
}
