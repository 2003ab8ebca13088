using System.Linq;
using System.Threading.Tasks;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.CodeFixes;

/// <summary>Writes [TimeDistributed] in front of a layer that runs at every step: for the reader, and for the paths of Keras' weight files.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(WrapTimeDistributedRefactoring))]
public sealed class WrapTimeDistributedRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await ModelAtCursor.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } model
            || model.Root.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || Enumerable.Range(0, model.Parsed.Spec.Items.Count).Where(i => model.Parsed.FindAttribute(i) == attribute).ToList() is not { Count: 1 } items)
        {
            return;
        }

        ItemSpec item = model.Parsed.Spec.Items[items[0]];
        ModelShapes shapes = ShapeInference.Infer(model.Parsed.Spec);
        bool runsAtEveryStep = !shapes.HasErrors && LayerRegistry.Of(item) is { WorksStepByStep: true, Inner: null }
            && shapes.Items[items[0]] is { IsUnknown: false, IsVector: false };
        if (!runsAtEveryStep)
            return;

        context.RegisterRefactoring(CodeAction.Create(
            "Write [TimeDistributed] in front of " + item.Describe(),
            async cancellationToken =>
            {
                SourceText text = await context.Document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                return context.Document.WithText(text.WithChanges(AttributeEdits.InsertBefore(attribute, "TimeDistributed")));
            },
            nameof(WrapTimeDistributedRefactoring)));
    }
}
