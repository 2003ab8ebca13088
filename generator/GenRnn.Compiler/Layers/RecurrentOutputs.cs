using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>What every recurrent layer gives: its sequence or its last output, and its states if asked for.</summary>
internal static class RecurrentOutputs
{
    /// <param name="output">The output of a step.</param>
    /// <param name="states">The layer's states; the first one's next value must be the output.</param>
    public static void Write(LoweringContext context, RegionBuilder b, Value output, params RegionState[] states)
    {
        b.Region.Unroll = context.Item.GetInteger("Unroll");
        foreach (RegionState state in states)
        {
            state.Final = context.NewSequence(state.Name, 0, state.Width);
            context.States.Add(state.Final);
        }

        if (context.Item.GetBoolean("ReturnSequences"))
        {
            context.Output = context.NewSequence("out", b.Region.Steps, output.Width);
            b.Output(output, context.Output, context.OutputOrder);
        }
        else
        {
            context.Output = context.States[0];
        }
    }
}
