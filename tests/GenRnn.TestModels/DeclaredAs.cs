using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>A declaration with another flag in its first input.</summary>
public static class DeclaredAs
{
    /// <summary>The same model, compiled for so many rows.</summary>
    public static ModelSpec WithBatch(this ModelSpec spec, int batch) => With(spec, new FlagSpec("Batch", FlagValue.Of(batch)));

    /// <summary>The same model in float or double.</summary>
    public static ModelSpec WithPrecision(this ModelSpec spec, bool isDouble) => With(spec, new FlagSpec("Precision", FlagValue.Of(isDouble ? "Double" : "Single")));

    private static ModelSpec With(ModelSpec spec, FlagSpec flag)
    {
        ItemSpec first = spec.Items.First(i => i.Kind == "Input");
        ItemSpec changed = first with { Flags = first.Flags.Where(f => f.Name != flag.Name).Append(flag).ToEquatableArray() };
        return spec with { Items = spec.Items.Select(i => ReferenceEquals(i, first) ? changed : i).ToEquatableArray() };
    }
}
