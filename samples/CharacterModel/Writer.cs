using System;
using System.Text;

namespace CharacterModel;

/// <summary>Writes text with a trained model, one character a step.</summary>
internal static class Writer
{
    /// <param name="author">The model.</param>
    /// <param name="start">What it reads first, and goes on from.</param>
    /// <param name="length">Characters to write.</param>
    /// <param name="temperature">Below 1 it prefers what is likely, above 1 it dares more.</param>
    /// <param name="random">What draws the characters.</param>
    public static string Write(Author author, string start, int length, double temperature, Random random)
    {
        Author.State state = author.CreateState(1);
        var likely = new float[Alphabet.Size];
        foreach (float id in Alphabet.ToIds(start))
            author.Step([id], likely, state);

        var text = new StringBuilder(start);
        for (int i = 0; i < length; i++)
        {
            int next = Draw(likely, temperature, random);
            text.Append(Alphabet.ToCharacter(next));
            author.Step([next], likely, state);
        }

        return text.ToString();
    }

    // In proportion to p^(1 / temperature).
    private static int Draw(ReadOnlySpan<float> likely, double temperature, Random random)
    {
        Span<double> weights = stackalloc double[Alphabet.Size];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] = Math.Pow(likely[i], 1 / temperature);
        double place = random.NextDouble() * sum;
        int drawn = 0;
        while (drawn < weights.Length - 1 && (place -= weights[drawn]) > 0)
            drawn++;
        return drawn;
    }
}
