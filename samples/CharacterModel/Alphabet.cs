using System;

namespace CharacterModel;

/// <summary>The characters that the model reads and writes, by number. What is none of them is read as a space.</summary>
internal static class Alphabet
{
    /// <summary>Number of characters: a width of the model, so a constant.</summary>
    public const int Size = 78;

    private const string Characters = "\n !\"$'()*,-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz—";

    /// <summary>Text as ids, which travel as numbers of the model.</summary>
    public static float[] ToIds(string text) => Array.ConvertAll(text.ToCharArray(), c => (float)Math.Max(Characters.IndexOf(c), Characters.IndexOf(' ')));

    /// <summary>The character of an id.</summary>
    public static char ToCharacter(int id) => Characters[id];
}
