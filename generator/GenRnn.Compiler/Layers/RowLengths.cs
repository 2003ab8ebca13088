using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// An input whose rows say how many of their steps there are: the others are masked, and zero, so that what stands there is never seen.
/// </summary>
internal static class RowLengths
{
    /// <summary>What the lengths of an input are called: a parameter of the model's methods.</summary>
    public static string NameOf(ItemSpec input) => input.Find(ItemFlags.Name)?.Text is { } name ? name + "Lengths" : "lengths";

    /// <summary>Declares the lengths of <paramref name="input"/>, which was declared last.</summary>
    public static void Declare(Program program, ItemSpec input) =>
        program.Inputs.Add(program.NewSequence(NameOf(input), 0, 1, SequenceKind.Lengths));

    /// <summary>The steps that there are, and the mask that says which.</summary>
    public static Operand Apply(Program program, Sequence input)
    {
        Sequence lengths = program.Inputs[program.Inputs.IndexOf(input) + 1];
        Region region = new(input.Name + " lengths", program.Layers.Count, input.Steps) { Equation = "mask = t < length; x = mask ? x : 0" };
        program.Forward.Add(region);
        RegionBuilder b = new(region);
        RegionState time = new("t", 1, null);
        Value t = b.State(time);
        Value mask = b.Select(b.Binary(OpCode.Greater, b.Input(lengths, TimeAccess.Whole), t), b.Constant(1), b.Constant(0));
        time.Next = b.Add(t, 1);

        Value x = b.Input(input, TimeAccess.Same);
        Sequence steps = program.NewSequence(input.Name + ".steps", input.Steps, input.Width, partOf: input);
        b.Output(b.Choose(mask, x, b.Constant(0, x.Width)), steps, TimeAccess.Same);
        Sequence masks = program.NewSequence(input.Name + ".mask", input.Steps, 1);
        b.Output(mask, masks, TimeAccess.Same);
        return new Operand(steps, new TimeMask(masks, masks));
    }
}
