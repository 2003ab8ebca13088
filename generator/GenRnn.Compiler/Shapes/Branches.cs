using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Which inputs start a chain of layers. One that only feeds initial states has no layer of its own: the chain goes on where it was.</summary>
internal static class Branches
{
    public static bool StartsChain(ModelSpec spec, int input) =>
        input + 1 < spec.Items.Count && spec.Items[input + 1].Kind != "Input" && !IsInitialState(spec, spec.Items[input].GetText("Name"));

    /// <summary>
    /// Whether an input seems to start a chain only because an [InitialState] is wrong: a vector that none names, where one names nothing that there is, or too few.
    /// Which layers it feeds is then unknown, and what follows from taking it for their input is not a second mistake.
    /// </summary>
    public static bool MayBeInitialState(ModelSpec spec, int input) => spec.Items[input].Find("TimeSteps") is null
        && spec.Items.Any(item => item.Modifiers.Any(m => m.Kind == "InitialState" && !InitialStateRules.NamesSources(spec, item, m)));

    private static bool IsInitialState(ModelSpec spec, string name) => name.Length > 0 && spec.Items.Any(i => i.Modifiers.Any(m =>
        m.Kind == "InitialState" && (m.Find("Sources")?.List.Contains(name) ?? false)));
}
