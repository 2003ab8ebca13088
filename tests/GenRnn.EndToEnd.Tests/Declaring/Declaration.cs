using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>An attribute as it is written: its name and the texts of its arguments.</summary>
internal sealed record AttributeText(string Name, IReadOnlyList<string> Arguments)
{
    public override string ToString() => Arguments.Count == 0 ? $"[{Name}]" : $"[{Name}({string.Join(", ", Arguments)})]";
}

/// <summary>An input.</summary>
/// <param name="Name">Its name, or empty.</param>
/// <param name="TimeSteps">Its number of time steps, 0 for a vector.</param>
/// <param name="Features">Its features, 0 for ids.</param>
/// <param name="HasLengths">Whether the lengths of its rows are an input behind it.</param>
internal sealed record InputText(string Name, int TimeSteps, int Features, bool HasLengths = false);

/// <summary>An input and the layers (with their modifiers) that stand behind it.</summary>
/// <param name="Input">What the layers read.</param>
/// <param name="StateInputs">Named vectors that states start from; declared after the input.</param>
/// <param name="Items">Attributes in source order.</param>
internal sealed record Branch(InputText Input, IReadOnlyList<InputText> StateInputs, IReadOnlyList<AttributeText> Items);

/// <summary>How one declaration is compiled: nothing of it belongs to the network.</summary>
internal sealed record Variant(int Batch, bool IsTimeMajor = false, bool IsDouble = false)
{
    /// <summary>The variant's class name.</summary>
    public string ClassName => (IsDouble ? "Double" : "") + (IsTimeMajor ? "TimeMajorBatch" : "Batch") + Batch.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A cell of one's own.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Parts">Attributes after <c>[Cell]</c>.</param>
internal sealed record CellText(string Name, IReadOnlyList<AttributeText> Parts)
{
    public override string ToString() => string.Join("\n", Parts.Prepend(new AttributeText("Cell", []))) + $"\npublic class {Name};\n";
}

/// <summary>The attributes that a user would write for a network.</summary>
internal sealed record Declaration(IReadOnlyList<Branch> Branches)
{
    /// <summary>Cells that the layers run; they stand inside the model's class.</summary>
    public IReadOnlyList<CellText> Cells { get; init; } = [];

    /// <summary>Inputs in order of declaration.</summary>
    public IEnumerable<InputText> Inputs => Branches.SelectMany(b => b.StateInputs.Prepend(b.Input));

    public bool HasSequences => Inputs.Any(i => i.TimeSteps > 0);

    public string Print(string className, Variant variant)
    {
        var text = new StringBuilder();
        foreach (Branch branch in Branches)
        {
            foreach (InputText input in branch.StateInputs.Prepend(branch.Input))
                text.Append(Print(input, text.Length == 0 ? variant : null)).Append('\n');
            foreach (AttributeText item in branch.Items)
                text.Append(item).Append('\n');
        }

        string[] cells = Cells.Select(c => c.ToString()).Distinct().ToArray();
        return text.Append("public partial class ").Append(className).Append(cells.Length == 0 ? ";\n" : $"\n{{\n{string.Join("\n", cells)}}}\n").ToString();
    }

    /// <summary>Batch, layout and precision stand on the first input.</summary>
    private static AttributeText Print(InputText input, Variant? variant)
    {
        var flags = new List<string>();
        if (input.TimeSteps > 0)
            flags.Add(string.Create(CultureInfo.InvariantCulture, $"TimeSteps = {input.TimeSteps}"));
        if (input.Features > 0)
            flags.Add(string.Create(CultureInfo.InvariantCulture, $"Features = {input.Features}"));
        if (input.HasLengths)
            flags.Add("Lengths = true");
        if (variant is not null)
            flags.Add(string.Create(CultureInfo.InvariantCulture, $"Batch = {variant.Batch}"));
        if (variant is { IsTimeMajor: true })
            flags.Add("Layout = DataLayout.TimeMajor");
        if (variant is { IsDouble: true })
            flags.Add("Precision = Precision.Double");
        if (input.Name.Length > 0)
            flags.Add($"Name = \"{input.Name}\"");
        return new AttributeText("Input", flags);
    }
}
