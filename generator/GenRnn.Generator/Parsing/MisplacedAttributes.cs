using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;

namespace GenRnn.Generator.Parsing;

/// <summary>What is wrong with an attribute as such: nothing is called so, another type hides it, or no input stands in front of it.</summary>
/// <param name="className">The class that carries them.</param>
/// <param name="findings">Where to report.</param>
internal sealed class MisplacedAttributes(string className, FindingSink findings)
{
    /// <summary>Whether a layer without an input was reported, which is one mistake however many layers follow.</summary>
    public bool LacksInput { get; private set; }

    /// <summary>Reports a name that is not bound, or bound to somebody else's type.</summary>
    public void CheckName(GenAttribute attribute)
    {
        if (!attribute.IsBound)
            ReportUnbound(attribute);
        if (attribute.HiddenBy.Length > 0)
            findings.Add(Rules.HiddenAttribute, Place.Class, attribute.Syntax.Name.GetLocation(), attribute.Syntax.Name.ToString(), attribute.HiddenBy, attribute.Definition!.Kind);
    }

    public void ReportLayerWithoutInput(GenAttribute attribute)
    {
        if (LacksInput)
            return;
        LacksInput = true;
        string kind = attribute.Definition!.Kind;
        findings.AddClass(
            Rules.NoInput,
            attribute.Syntax.GetLocation(),
            attribute.Definition.Role == ItemRole.CellPart
                ? kind + " of '" + className + "' is a part of a cell: write [Cell] before it, or the layer that runs it over time, [" + LayerRegistry.FindCell(kind)!.Kind + "], after [Input]"
                : kind + " of '" + className + "' has no input: write [Input] before the first layer, because it fixes all shapes");
    }

    private void ReportUnbound(GenAttribute attribute)
    {
        string suggestion = attribute.Definition is { } meant && meant.Kind != attribute.Written ? meant.Kind : "";
        string tail = attribute.Definition is null ? ""
            : suggestion.Length == 0 ? " that this file sees; is 'using GenRnn;' missing?"
            : "; did you mean '" + suggestion + "'?";
        findings.Suggest(suggestion, Rules.UnknownLayer, Place.Class, attribute.Syntax.Name.GetLocation(), attribute.Written, tail);
    }
}
