using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Compiler.Findings;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers.CallRules;

/// <summary>A span whose length is known, if only as a product of variables, and is not what the model's shapes ask for.</summary>
internal sealed class WrongLength : CallRule
{
    public override DiagnosticDescriptor Descriptor => DiagnosticTable.Of(Rules.WrongLength);

    public override IEnumerable<DiagnosticDescriptor> Descriptors { get; } = new[] { DiagnosticTable.Of(Rules.WrongLength), DiagnosticTable.Of(Rules.DoubtfulLength) };

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
        int? stateRows = invocation.Arguments.FirstOrDefault(a => RuntimeTypes.DerivesFrom(Operations.Unwrap(a.Value).Type, context.Types.State)) is { } state
            ? StateRows.Of(state.Value, context.CancellationToken)
            : null;
        if (method == "Step" && model.StepInputLength is not null)
            CheckStep(model, spans, stateRows, context);
        else if (method != "Step")
            CheckRows(new Pass(model, method, IsPacked(spans), stateRows), spans, context);
    }

    /// <summary>The arguments that are spans, with their lengths where those are known.</summary>
    private static IEnumerable<Span> Spans(IInvocationOperation invocation, CallContext context)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Type.Name is "Span" or "ReadOnlySpan")
                yield return new Span(argument, KnownLength.InVariables(argument.Value, context.CancellationToken));
        }
    }

    /// <summary>Several inputs or outputs may be handed over in one buffer each.</summary>
    private static bool IsPacked(List<Span> spans) => spans.Count == 2 && spans[0].Name == "inputs" && spans[1].Name == "outputs";

    /// <summary>Predict, Forward, Backward: every span holds whole rows, and all the same number of them.</summary>
    private void CheckRows(Pass pass, List<Span> spans, CallContext context)
    {
        Measured? first = null;
        var doubts = new List<Measured>();
        bool isWrong = false;
        foreach (Span span in spans)
        {
            Row row = RowOf(pass, span, spans);
            if (span.Length is not { } length || row.Length is not { } perRow || perRow < 1)
                continue;
            if (pass.IsBackward && row.IsInput && length.Constant == 0)
                continue;

            var measured = new Measured(span, row, new RowLength(length, perRow));
            RowLength found = measured.Found;
            if (found.IsNoRows || (found.IsDoubtful && pass.LacksLengths(found, row.IsInput)))
            {
                ReportNoRows(pass, measured, context);
                isWrong = true;
            }
            else if (first is not null && found.NeverAgreesWith(first.Found))
            {
                ReportOtherRows(pass, measured, first, context);
                isWrong = true;
            }
            else
            {
                if (first is null && found.Number / perRow is { } rows)
                    CheckRows(pass, span, rows, context);
                if (first is null || !found.Number.HasValue)
                    doubts.Add(measured);
                first ??= measured;
            }
        }

        // What is certain says all that there is to say.
        foreach (Measured doubt in doubts.Where(_ => !isWrong))
            Doubt(pass, doubt, context);
    }

    private static Row RowOf(Pass pass, Span span, List<Span> spans)
    {
        // Forward reads inputs; Backward writes their gradients.
        bool isInput = span.IsReadOnly != pass.IsBackward;
        string parameter = pass.IsBackward ? span.Name.Substring(0, span.Name.Length - "Gradient".Length) : span.Name;
        int siblings = spans.Count(s => s.IsReadOnly == span.IsReadOnly && !s.HoldsLengths);
        int? length = span.HoldsLengths ? 1
            : pass.IsPacked && isInput ? pass.Model.InputLength + pass.Model.LengthCount
            : pass.Model.LengthPerRow(parameter, siblings, isInput);
        return new Row(isInput, length, pass.IsPacked && pass.Model.LengthCount > 0 && isInput ? null : pass.Model.LengthConstant(parameter, siblings, isInput, span.ModelName));
    }

    private void ReportNoRows(Pass pass, Measured measured, CallContext context)
    {
        (Span span, Row row, RowLength found) = (measured.Span, measured.Row, measured.Found);
        string length = found.Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : "'" + span.SizeText + "'";
        if (pass.LacksLengths(found, row.IsInput))
        {
            Report(span, context, null, "'{0}' declares lengths of rows, and this {1} takes them packed behind the rows, {2} values each; found {3}, the rows alone: hand the lengths over between input and output",
                pass.Model.Name, pass.Method, found.PerRow, length);
        }
        else
        {
            Report(span, context, row.Constant, "'{0}' of {1}.{2} holds rows of {3} values; found {4}", span.Name, pass.Model.Name, pass.Method, found.PerRow, length);
        }
    }

    /// <summary>A known number of rows must be within the compiled batch, and that of the state.</summary>
    private void CheckRows(Pass pass, Span span, long rows, CallContext context)
    {
        if (pass.Method != "Predict" && pass.Model.Batch is { } batch && rows > batch)
        {
            Report(span, context, null, "{0}.{1} takes at most {2} rows, its Batch; found {3} ({4} values)", pass.Model.Name, pass.Method, batch, rows, span.Length!.Constant!);
        }
        else if (pass.StateRows is { } stateRows && rows != stateRows)
        {
            Report(span, context, null, "'{0}' of {1}.{2} must hold {3} rows, which its State was made for; found {4} ({5} values)",
                span.Name, pass.Model.Name, pass.Method, stateRows, rows, span.Length!.Constant!);
        }
    }

    private void ReportOtherRows(Pass pass, Measured measured, Measured other, CallContext context)
    {
        (Span span, Row row, RowLength found) = (measured.Span, measured.Row, measured.Found);
        (Span first, RowLength firstLength) = (other.Span, other.Found);
        if (found.Number is { } number && firstLength.Number / firstLength.PerRow is { } rows)
        {
            string? suggestion = span.HoldsLengths ? rows.ToString(CultureInfo.InvariantCulture)
                : row.Constant is null || rows == 1 ? row.Constant
                : string.Format(CultureInfo.InvariantCulture, "{0} * {1}", rows, row.Constant);
            Report(span, context, suggestion, "'{0}' of {1}.{2} must hold {3} values, {4} for each of the {5} rows of '{6}'; found {7}",
                span.Name, pass.Model.Name, pass.Method, rows * found.PerRow, found.PerRow, rows, first.Name, number);
        }
        else if (found.Factor == firstLength.PerRow && firstLength.Factor == found.PerRow)
        {
            // Where both are written in the call, a fix exchanges them.
            string message = string.Format(CultureInfo.InvariantCulture, "'{0}' of {1}.{2} holds rows of {3} values and '{4}' rows of {5}: '{6}' and '{7}' stand in each other's place",
                first.Name, pass.Model.Name, pass.Method, firstLength.PerRow, span.Name, found.PerRow, first.SizeText, span.SizeText);
            if (RowLength.PlaceOf(first.Array) is { } size && RowLength.PlaceOf(span.Array) is { } otherSize)
                context.ReportPair(Descriptor, span.Argument.Syntax, size, otherSize, message);
            else
                context.Report(Descriptor, span.Argument.Syntax, message);
        }
        else
        {
            Report(span, context, null, "'{0}' of {1}.{2} must hold {3} values for each {4} of '{5}'; '{6}' and '{7}' are never those of equally many rows",
                span.Name, pass.Model.Name, pass.Method, found.PerRow, firstLength.PerRow, first.Name, first.SizeText, span.SizeText);
        }
    }

    private static void Doubt(Pass pass, Measured measured, CallContext context)
    {
        (Span span, Row row, RowLength found) = (measured.Span, measured.Row, measured.Found);
        if (found.IsDoubtful)
            DoubtfulLength.Report(context, span.Argument.Syntax, pass.Parameter(span.Name), span.Array, found, row.Constant);
        else if (!pass.IsPacked && !span.HoldsLengths && found.ConstantIn(span.Array, pass.Model) is { } constant && (int)constant.ConstantValue! != found.PerRow)
            DoubtfulLength.ReportConstant(context, span.Argument.Syntax, pass.Parameter(span.Name), span.Array, found, constant, row.Constant);
    }

    /// <summary>Step: one time step for each row of the state, of which there are 1 or Batch.</summary>
    private void CheckStep(ModelType model, List<Span> spans, int? stateRows, CallContext context)
    {
        foreach (Span span in spans)
        {
            int? perRow = span.IsReadOnly ? model.StepInputLength : model.StepOutputLength;
            if (span.Length?.Constant is not { } length || perRow is not { } one || model.Batch is not { } batch)
                continue;
            string constant = span.ModelName + (span.IsReadOnly ? ".StepInputLength" : ".StepOutputLength");
            if (length != one && length != (long)one * batch)
            {
                Report(span, context, constant, "'{0}' of {1}.Step holds one time step: {2} values for 1 row, {3} for {4}; found {5}",
                    span.Name, model.Name, one, (long)one * batch, batch, length);
            }
            else if (stateRows is { } rows && (rows == 1 || rows == batch) && length != (long)one * rows)
            {
                Report(span, context, null, "'{0}' of {1}.Step must hold {2} values, {3} for each row of its State; found {4}, and the State has {5}",
                    span.Name, model.Name, (long)one * rows, one, length, rows == 1 ? "1 row" : rows.ToString(CultureInfo.InvariantCulture) + " rows: for one make it by CreateState(1)");
            }
        }
    }

    private void Report(Span span, CallContext context, string? suggestion, string format, params object[] arguments) =>
        context.ReportWithSuggestion(Descriptor, span.Argument.Syntax, suggestion, string.Format(CultureInfo.InvariantCulture, format, arguments));

    /// <summary>The call.</summary>
    private sealed class Pass
    {
        public Pass(ModelType model, string method, bool isPacked, int? stateRows)
        {
            Model = model;
            Method = method;
            IsPacked = isPacked;
            StateRows = stateRows;
        }

        public ModelType Model { get; }

        public string Method { get; }

        public bool IsBackward => Method == "Backward";

        public bool IsPacked { get; }

        public int? StateRows { get; }

        public string Parameter(string name) => "'" + name + "' of " + Model.Name + "." + Method;

        /// <summary>Whether these are rows without the lengths that belong behind them.</summary>
        public bool LacksLengths(RowLength found, bool isInput) => IsPacked && isInput && Model.LengthCount > 0
            && Model.InputLength is { } values and > 0 && (found.Factor ?? found.Number) is { } factor and > 0 && factor % values == 0 && factor % found.PerRow != 0;
    }

    /// <summary>What a row has in a span: its values, and the constant that says so.</summary>
    private sealed record Row(bool IsInput, int? Length, string? Constant);

    /// <summary>A span whose length is known.</summary>
    private sealed record Measured(Span Span, Row Row, RowLength Found);

    private sealed class Span
    {
        public Span(IArgumentOperation argument, IndexPolynomial? length)
        {
            Argument = argument;
            Length = length;
        }

        public IArgumentOperation Argument { get; }

        public IndexPolynomial? Length { get; }

        public string Name => Argument.Parameter!.Name;

        public bool IsReadOnly => Argument.Parameter!.Type.Name == "ReadOnlySpan";

        /// <summary>Whether it is the number of time steps of each row.</summary>
        public bool HoldsLengths => ModelType.HoldsLengths(Argument.Parameter!);

        /// <summary>What is handed over, without conversions.</summary>
        public IOperation Array => Operations.Unwrap(Argument.Value);

        /// <summary>Its length as it is written.</summary>
        public string SizeText => RowLength.TextOf(Array);

        /// <summary>The model's class as it is called here.</summary>
        public string ModelName => Operations.NameOf(((IInvocationOperation)Argument.Parent!).TargetMethod.ContainingType, Argument);
    }
}
