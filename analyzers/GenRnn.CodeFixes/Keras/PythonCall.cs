using System.Collections.Generic;
using System.Text;

namespace GenRnn.CodeFixes.Keras;

/// <summary>A call of a layer's constructor, as Python writes it.</summary>
internal sealed class PythonCall
{
    private PythonCall(string name, IReadOnlyList<(string Name, string Value)> arguments)
    {
        Name = name;
        Arguments = arguments;
    }

    /// <summary>The class, <c>SimpleRNN</c>.</summary>
    public string Name { get; }

    /// <summary>Arguments in order; positional ones have no name.</summary>
    public IReadOnlyList<(string Name, string Value)> Arguments { get; }

    /// <summary>
    /// Finds calls such as <c>keras.layers.SimpleRNN(20, return_sequences=True)</c> in any text. A call counts if it is qualified by
    /// <c>layers</c>, or if its name is one that <paramref name="isLayer"/> knows. Line breaks and comment signs inside of one do not matter.
    /// </summary>
    public static IReadOnlyList<PythonCall> Find(string text, System.Func<string, bool> isLayer)
    {
        var calls = new List<PythonCall>();
        int i = 0;
        while (i < text.Length)
        {
            if (!IsNameStart(text[i]) || (i > 0 && IsNamePart(text[i - 1])))
            {
                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && (IsNamePart(text[i]) || text[i] == '.'))
                i++;
            string path = text.Substring(start, i - start);
            string name = path.Substring(path.LastIndexOf('.') + 1);
            bool isQualified = path.EndsWith("layers." + name, System.StringComparison.Ordinal);
            if (name.Length > 0 && i < text.Length && text[i] == '(' && (isQualified || isLayer(name)) && ReadArguments(text, ref i) is { } arguments)
                calls.Add(new PythonCall(name, arguments));
        }

        return calls;
    }

    /// <summary>Reads from the opening parenthesis to the closing one. Null, reading nothing, if there is none.</summary>
    private static List<(string Name, string Value)>? ReadArguments(string text, ref int position)
    {
        var arguments = new List<(string Name, string Value)>();
        var current = new StringBuilder();
        int depth = 0;
        char quote = '\0';
        for (int i = position; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                current.Append(c);
                if (c == quote)
                    quote = '\0';
                continue;
            }

            switch (c)
            {
                case '"' or '\'':
                    quote = c;
                    break;
                case '(' or '[' or '{' when depth++ == 0:
                    continue;
                case ')' or ']' or '}' when --depth == 0:
                    Add(arguments, current);
                    position = i + 1;
                    return arguments;
                case ',' when depth == 1:
                    Add(arguments, current);
                    continue;
            }

            current.Append(c);
        }

        return null;
    }

    /// <summary>Arguments of a call, or items of a list, one by one.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth--;
            else if (c == ',' && depth == 0)
            {
                parts.Add(text.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start).Trim());
        parts.RemoveAll(p => p.Length == 0);
        return parts;
    }

    /// <summary>An argument's name, or nothing, and its value.</summary>
    public static (string Name, string Value) Argument(string argument)
    {
        int equals = argument.IndexOf('=');
        bool isNamed = equals > 0 && argument.IndexOfAny(new[] { '"', '\'', '(', '[' }) is var bracket && (bracket < 0 || bracket > equals);
        return isNamed ? (argument.Substring(0, equals).Trim(), argument.Substring(equals + 1).Trim()) : ("", argument);
    }

    private static void Add(List<(string Name, string Value)> arguments, StringBuilder current)
    {
        // A call that goes over several lines of a comment has the signs of that comment inside.
        string argument = current.ToString().Trim(' ', '\t', '\r', '\n', '/', '*', '#');
        current.Clear();
        if (argument.Length > 0)
            arguments.Add(Argument(argument));
    }

    private static bool IsNameStart(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_';

    private static bool IsNamePart(char c) => IsNameStart(c) || c is >= '0' and <= '9';
}
