using System.Globalization;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>
/// What becomes of a size that does not fit 32 bits. All arithmetic of the compiler is checked, so an overflow is an exception wherever it
/// happens; here it becomes a finding.
/// </summary>
internal static class SizeOverflow
{
    /// <summary>A finding for one item, or (index -1) for the whole model.</summary>
    public static Finding Of(ModelSpec spec, int index) => new(Rules.ModelBeyondBudget, new Place(index), string.Format(
        CultureInfo.InvariantCulture,
        "{0} needs a buffer of more than {1:N0} elements, which no array can hold; use smaller sizes or a smaller Batch",
        index < 0 ? "the model" : spec.Items[index].Describe(), int.MaxValue));
}
