using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenRnn.Generator.Pipeline;

/// <summary>What the transform hands on: the model by itself, and where it stands. An edit that only moves it changes the latter.</summary>
/// <param name="Target">The model; null if the parser has a bug.</param>
/// <param name="Positions">Where it stands, and what is wrong with it.</param>
internal sealed record ParsedRecord(ModelTarget? Target, ModelPositions Positions);

/// <summary>A model to emit.</summary>
/// <param name="Spec">What was declared; below the join, with the cells that it names.</param>
/// <param name="CanExtend">Whether the class can have a second part.</param>
internal sealed record ModelTarget(ModelSpec Spec, bool CanExtend);

/// <summary>What diagnostics of the generator need besides the spec.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Reported">The parser's findings that the generator reports, with their places.</param>
/// <param name="Findings">All findings of the parser.</param>
/// <param name="FirstHole">As in <see cref="Parsing.ParsedModel.FirstHole"/>.</param>
internal sealed record ModelPositions(
    SourcePlace Class, EquatableArray<DiagnosticRecord> Reported, EquatableArray<Finding> Findings, int FirstHole);

/// <summary>
/// What to report of one class. A class itself, not the bare array: Roslyn keeps values in generic tables, and for each kind of struct in one the
/// runtime compiles some hundred of Roslyn's methods anew in every process.
/// </summary>
internal sealed record DiagnosticReport(EquatableArray<DiagnosticRecord> Diagnostics);

/// <summary>A diagnostic as plain values.</summary>
internal sealed record DiagnosticRecord(string Id, EquatableArray<string> Arguments, string Suggestion, SourcePlace Place);

/// <summary>A location as plain values: a <see cref="Location"/> would keep its syntax tree alive.</summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
