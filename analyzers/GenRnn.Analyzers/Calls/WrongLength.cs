using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.Calls;

/// <summary>A span whose length is known and is not what the model's shapes ask for.</summary>
internal sealed class WrongLength : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.WrongLength;

    public override void Check(IInvocationOperation invocation, CallContext context)
    {
        string method = invocation.TargetMethod.Name;
        if (method is not ("Predict" or "Forward" or "Backward" or "Step")
            || context.ModelOf(invocation.Instance) is not { } model
            || !SymbolEqualityComparer.Default.Equals(invocation.TargetMethod.ContainingType.OriginalDefinition, model.Symbol))
        {
            return;
        }

        List<Span> spans = Spans(invocation, context).ToList();
        if (method == "Step")
            CheckStep(model, spans, context);
        else
            CheckRows(model, method, spans, context);
    }

    /// <summary>The arguments that are spans, with their lengths where those are known.</summary>
    private static IEnumerable<Span> Spans(IInvocationOperation invocation, CallContext context)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Type.Name is "Span" or "ReadOnlySpan")
                yield return new Span(argument, KnownLength.Of(argument.Value, context.CancellationToken));
        }
    }

    /// <summary>Predict, Forward, Backward: every span holds whole rows, and all the same number of them.</summary>
    private void CheckRows(ModelType model, string method, List<Span> spans, CallContext context)
    {
        bool isBackward = method == "Backward";
        Span? first = null;
        int rows = 0;
        foreach (Span span in spans)
        {
            // Forward reads inputs; Backward writes their gradients.
            bool isInput = span.IsReadOnly != isBackward;
            string parameter = isBackward ? span.Name.Substring(0, span.Name.Length - "Gradient".Length) : span.Name;
            int siblings = spans.Count(s => s.IsReadOnly == span.IsReadOnly && !s.HoldsLengths);
            int? found = span.HoldsLengths ? 1 : model.LengthPerRow(parameter, siblings, isInput);
            if (span.Length is not { } length || found is not { } perRow || perRow < 1)
                continue;
            if (isBackward && isInput && length == 0)
                continue;

            if (length == 0 || length % perRow != 0)
            {
                Report(span, context, model.LengthConstant(parameter, siblings, isInput), "'{0}' of {1}.{2} holds rows of {3} values; found {4}", span.Name, model.Name, method, perRow, length);
            }
            else if (first is null)
            {
                first = span;
                rows = length / perRow;
                if (method != "Predict" && model.Batch is { } batch && rows > batch)
                    Report(span, context, null, "{0}.{1} takes at most {2} rows, its Batch; found {3} ({4} values)", model.Name, method, batch, rows, length);
            }
            else if (length != rows * perRow)
            {
                string? constant = model.LengthConstant(parameter, siblings, isInput);
                string? suggestion = span.HoldsLengths ? rows.ToString(CultureInfo.InvariantCulture)
                    : constant is null || rows == 1 ? constant
                    : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", rows, constant);
                Report(span, context, suggestion, "'{0}' of {1}.{2} must hold {3} values, {4} for each of the {5} rows of '{6}'; found {7}",
                    span.Name, model.Name, method, rows * perRow, perRow, rows, first.Name, length);
            }
        }
    }

    /// <summary>Step: one time step for each row of the state, of which there are 1 or Batch.</summary>
    private void CheckStep(ModelType model, List<Span> spans, CallContext context)
    {
        foreach (Span span in spans)
        {
            int? perRow = span.IsReadOnly ? model.StepInputLength : model.StepOutputLength;
            if (span.Length is not { } length || perRow is not { } one || model.Batch is not { } batch || length == one || length == one * batch)
                continue;
            Report(span, context, model.Name + (span.IsReadOnly ? ".StepInputLength" : ".StepOutputLength"), "'{0}' of {1}.Step holds one time step: {2} values for 1 row, {3} for {4}; found {5}",
                span.Name, model.Name, one, one * batch, batch, length);
        }
    }

    private void Report(Span span, CallContext context, string? suggestion, string format, params object[] arguments) =>
        context.ReportWithSuggestion(Descriptor, span.Argument.Syntax, suggestion, string.Format(CultureInfo.InvariantCulture, format, arguments));

    private sealed class Span
    {
        public Span(IArgumentOperation argument, int? length)
        {
            Argument = argument;
            Length = length;
        }

        public IArgumentOperation Argument { get; }

        public int? Length { get; }

        public string Name => Argument.Parameter!.Name;

        public bool IsReadOnly => Argument.Parameter!.Type.Name == "ReadOnlySpan";

        /// <summary>Whether it is the number of time steps of each row.</summary>
        public bool HoldsLengths => ModelType.HoldsLengths(Argument.Parameter!);
    }
}
