namespace GenRnn.Compiler.Spec;

/// <summary>Something wrong with a model, found without Roslyn: where it stands is said by item and flag, not by position.</summary>
/// <param name="Id">The diagnostic's ID, <c>GEN0301</c>.</param>
/// <param name="Item">Index in <see cref="ModelSpec.Items"/>, or -1 for the class; with a flag, an attribute that says something of the whole model.</param>
/// <param name="Modifier">Index in <see cref="ItemSpec.Modifiers"/>, or -1 for the item itself.</param>
/// <param name="Flag">The flag, or empty for the whole attribute.</param>
/// <param name="Arguments">Arguments of the diagnostic's message format.</param>
/// <param name="IsError">Whether the model cannot be generated.</param>
public sealed record Finding(string Id, int Item, int Modifier, string Flag, EquatableArray<string> Arguments, bool IsError = true)
{
    /// <summary>Whether any other item might refute it: where one was not understood, nothing is said.</summary>
    public bool DependsOnAll { get; init; }

    /// <summary>One element of a flag that takes a list, as <see cref="Flag"/>: its first is the flag itself.</summary>
    public static string Element(string flag, int index) =>
        index == 0 ? flag : flag + "[" + index.ToString(System.Globalization.CultureInfo.InvariantCulture) + "]";
}
