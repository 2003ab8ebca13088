using System.Text;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>Keras' default name of an object of a user's class: <c>LNSimpleRnnCell</c> becomes <c>ln_simple_rnn_cell</c>.</summary>
internal static class SnakeCase
{
    public static string Of(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString().TrimStart('@');
    }
}
