using System.Globalization;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Registry;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Identity;

/// <summary>The first rules by which a declaration was hashed: files that were saved by them are loaded still. They never change.</summary>
internal static class FormerArchitecture
{
    /// <summary>Flags that change neither shapes nor results for given weights.</summary>
    private static readonly string[] Cosmetic =
    {
        "Name", "Unroll", "Stateful", "ReturnState", "KernelInitializer", "RecurrentInitializer", "BiasInitializer", "BetaInitializer", "GammaInitializer", "EmbeddingsInitializer",
        "MovingMeanInitializer", "MovingVarianceInitializer", "Momentum", "Trainable",
    };

    public static string Hash(ModelSpec spec, Program program)
    {
        StringBuilder text = new();
        foreach (ItemSpec item in spec.Items.Where(i => !i.IsInput))
            Append(text, item);

        foreach (Parameter parameter in program.Parameters)
            text.Append(parameter.Path).Append(' ').Append(string.Join("x", parameter.Shape)).Append('\n');

        return Architecture.Fnv1a(text.ToString());
    }

    private static void Append(StringBuilder text, ItemSpec item)
    {
        text.Append(item.Kind);
        foreach (FlagSpec flag in item.Flags.Where(f => !Cosmetic.Contains(f.Name)))
            text.Append(' ').Append(flag.Name).Append('=').Append(flag.Value.Number.ToString("R", CultureInfo.InvariantCulture)).Append(flag.Value.Text);
        foreach (ModifierSpec wrapper in item.Modifiers.Where(m => LayerRegistry.FindWrapper(m.Kind) is not null))
            text.Append(' ').Append(wrapper.Kind).Append(string.Concat(wrapper.Flags.Select(f => " " + f.Value.Text)));
        text.Append('\n');
        if (BackwardHalf.Of(item) is { } half)
            Append(text.Append("backward "), half);
        foreach (CellSpec cell in item.Cells)
        {
            foreach (ItemSpec part in cell.Parts)
                Append(text, part);
            foreach (CellExpression expression in cell.Body?.Expressions ?? default)
            {
                text.Append(expression.Operation).Append(' ').Append(string.Join(" ", expression.Operands)).Append(' ').Append(expression.Name)
                    .Append(' ').Append(expression.Number.ToString("R", CultureInfo.InvariantCulture)).Append(' ').Append(expression.Offset).Append(' ').Append(expression.End).Append('\n');
            }
        }
    }
}
