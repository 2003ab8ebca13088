
using GenRnn.Compiler.Language;

namespace GenRnn.Compiler.Findings;

/// <summary>Something wrong with a model, found without Roslyn: where it stands is said by item and flag, not by position.</summary>
/// <param name="Rule">What is wrong.</param>
/// <param name="Place">Where.</param>
/// <param name="Arguments">Arguments of the rule's message format.</param>
public sealed record Finding(Rule Rule, Place Place, EquatableArray<string> Arguments)
{
    public Finding(Rule rule, Place place, string message)
        : this(rule, place, new EquatableArray<string>(new[] { message }))
    {
    }

    /// <summary>What to write instead; empty where that is not known.</summary>
    public string Suggestion { get; init; } = "";

    /// <summary>Whether any other item might refute it: where one was not understood, nothing is said.</summary>
    public bool DependsOnAll { get; init; }

    public string Id => Rule.Id;

    /// <summary>Whether the model cannot be generated.</summary>
    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>The whole message, in the invariant culture.</summary>
    public string Message => Rule.Format(Arguments);
}
