namespace GenRnn.Compiler.Findings;

/// <summary>A place in a declaration.</summary>
/// <param name="Item">Index among the items of the model, or -1 for the class; with a flag, an attribute that says something of the whole model.</param>
/// <param name="Modifier">Index among the item's modifiers, or -1 for the item itself.</param>
/// <param name="Flag">The flag, or empty for the whole attribute.</param>
public readonly record struct Place(int Item, int Modifier = -1, string Flag = "")
{
    /// <summary>The class itself.</summary>
    public static readonly Place Class = new(-1);

    /// <summary>One element of a flag that takes a list, as <see cref="Flag"/>: its first is the flag itself.</summary>
    public static string Element(string flag, int index) =>
        index == 0 ? flag : flag + "[" + index.ToString(System.Globalization.CultureInfo.InvariantCulture) + "]";
}
