using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// The activation of a layer that has one. Where the layer is the last of a model that trains and its activation is a sigmoid or softmax, the program also hands out what the function is given
/// (<see cref="Program.Logits"/>): Keras on TensorFlow takes cross-entropies of that, which saturate nowhere.
/// </summary>
internal static class OutputLogits
{
    /// <param name="context">The layer.</param>
    /// <param name="b">Where it computes.</param>
    /// <param name="activation">The function.</param>
    /// <param name="alpha">Its parameter, if it is said.</param>
    /// <param name="z">What it is given.</param>
    /// <param name="steps">Steps of the layer's output; 0 for a vector.</param>
    public static Value Activate(LoweringContext context, RegionBuilder b, string activation, double? alpha, Value z, int steps)
    {
        if (context.IsOutput && context.Program.CanTrain && (activation is "Sigmoid" or "Softmax"))
        {
            Sequence logits = context.NewSequence("logits", steps, z.Width);
            b.Output(z, logits, TimeAccess.Same);
            context.Program.Logits = new Logits(logits, activation);
        }

        return Activations.Apply(b, activation, alpha, z);
    }
}
