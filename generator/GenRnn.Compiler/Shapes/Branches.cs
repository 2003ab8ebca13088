using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Shapes;

/// <summary>Which inputs start a chain of layers. One that only feeds initial states has no layer of its own: the chain goes on where it was.</summary>
internal static class Branches
{
    public static bool StartsChain(ModelSpec spec, int input) =>
        input + 1 < spec.Items.Count && spec.Items[input + 1].Kind != "Input" && !IsInitialState(spec, spec.Items[input].GetText("Name"));

    private static bool IsInitialState(ModelSpec spec, string name) => name.Length > 0 && spec.Items.Any(i => i.Modifiers.Any(m =>
        m.Kind == "InitialState" && (m.Find("Sources")?.List.Contains(name) ?? false)));
}
