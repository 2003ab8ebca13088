using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
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
    SourcePlace Class, EquatableArray<DiagnosticRecord> Reported, EquatableArray<Finding> Findings, int FirstHole)
{
    /// <summary>Where each of <see cref="Findings"/> stands.</summary>
    public EquatableArray<SourcePlace> FindingPlaces { get; init; } = EquatableArray<SourcePlace>.Empty;

    /// <summary>Where attributes and their arguments stand.</summary>
    public EquatableArray<ItemPlace> Places { get; init; } = EquatableArray<ItemPlace>.Empty;

    /// <summary>Rules that the source switches off.</summary>
    public EquatableArray<string> Silenced { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Whether the declaration is being typed.</summary>
    public bool IsHalfTyped { get; init; }

    /// <summary>Whether the compiler stops at a mistake of this declaration before it shows what analyzers found. (At one of syntax it shows nothing of Gen at all.)</summary>
    public bool StopsCompiler { get; init; }

    /// <summary>Where a finding is underlined, as <see cref="Parsing.ParsedModel.Locate"/> has it.</summary>
    public SourcePlace Locate(Finding finding)
    {
        for (int i = 0; i < FindingPlaces.Count; i++)
        {
            if (ReferenceEquals(Findings[i], finding))
                return FindingPlaces[i];
        }

        return Find(finding.Place.Item, finding.Place.Modifier, finding.Place.Flag) ?? Find(finding.Place.Item, finding.Place.Modifier, "") ?? Class;
    }

    private SourcePlace? Find(int item, int modifier, string flag) =>
        Places.FirstOrDefault(p => p.Item == item && p.Modifier == (item < 0 ? -1 : modifier) && p.Flag == flag)?.Place;
}

/// <summary>Where an attribute stands (an empty flag), or an argument of it.</summary>
/// <param name="Item">The item; -1 for what is said of the whole model.</param>
/// <param name="Modifier">One of its modifiers; -1 for the item itself.</param>
/// <param name="Flag">The flag that the argument sets.</param>
/// <param name="Place">Its place.</param>
internal sealed record ItemPlace(int Item, int Modifier, string Flag, SourcePlace Place);

/// <summary>What models need of the rest of the project for their diagnostics.</summary>
/// <param name="Cells">All cells.</param>
/// <param name="IsStopped">Whether the compiler stops before it shows what analyzers found, so that the generator speaks for them.</param>
internal sealed record ProjectRecord(EquatableArray<CellSpec> Cells, bool IsStopped);

/// <summary>Whether some of a project's declarations stop the compiler. A class: see <see cref="DiagnosticReport"/>.</summary>
internal sealed record StopRecord(bool Stops);

/// <summary>
/// What to report of one class. A class itself, not the bare array: Roslyn keeps values in generic tables, and for each kind of struct in one the
/// runtime compiles some hundred of Roslyn's methods anew in every process.
/// </summary>
internal sealed record DiagnosticReport(EquatableArray<DiagnosticRecord> Diagnostics);

/// <summary>A diagnostic as plain values.</summary>
internal sealed record DiagnosticRecord(Rule Rule, EquatableArray<string> Arguments, string Suggestion, SourcePlace Place);

/// <summary>A location as plain values: a <see cref="Location"/> would keep its syntax tree alive.</summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
