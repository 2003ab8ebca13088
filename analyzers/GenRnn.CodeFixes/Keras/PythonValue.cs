using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.CodeFixes.Keras;

/// <summary>A value as Python writes it, as one of Keras' configuration.</summary>
internal static class PythonValue
{
    /// <summary>Null for what is no constant: a variable, an expression.</summary>
    public static KerasValue? Read(string text)
    {
        string value = text.Trim();
        if (value is "None" or "True" or "False")
            return value == "None" ? KerasValue.Null : KerasValue.Of(value == "True");
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[value.Length - 1] == value[0])
            return KerasValue.Of(value.Substring(1, value.Length - 2));
        if (value.Length >= 2 && value[0] is '(' or '[' && value[value.Length - 1] is ')' or ']')
        {
            List<KerasValue?> items = PythonCall.Split(value.Substring(1, value.Length - 2)).Select(Read).ToList();
            return items.Contains(null) ? null : KerasValue.Of(items.Select(i => i!).ToList());
        }

        if (double.TryParse(value.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) && !double.IsInfinity(number))
            return KerasValue.Of(number);
        return Named(value);
    }

    /// <summary>
    /// What a module holds: <c>keras.activations.relu</c> is its name, <c>keras.regularizers.L2(0.01)</c> an object with arguments.
    /// </summary>
    private static KerasValue? Named(string value)
    {
        int bracket = value.IndexOf('(');
        string path = bracket < 0 ? value : value.Substring(0, bracket);
        string name = path.Substring(path.LastIndexOf('.') + 1);
        string[] modules = path.Split('.');
        if (!modules.Any(m => m is "activations" or "initializers" or "regularizers" or "constraints" or "nn") || !path.All(c => char.IsLetterOrDigit(c) || c is '.' or '_'))
            return null;
        if (bracket < 0)
            return KerasValue.Of(name);
        if (value[value.Length - 1] != ')')
            return null;
        var arguments = new List<KeyValuePair<string, KerasValue>>();
        foreach ((string key, string argument) in PythonCall.Split(value.Substring(bracket + 1, value.Length - bracket - 2)).Select(PythonCall.Argument))
        {
            // The arguments of these objects have no order that anybody knows by heart but where there is one.
            string? meant = key.Length > 0 ? key : name.ToLowerInvariant() is "l1" or "l2" or "maxnorm" or "constant" or "orthogonal" ? FirstOf(name) : null;
            if (meant is null || Read(argument) is not { } read)
                return null;
            arguments.Add(new KeyValuePair<string, KerasValue>(meant, read));
        }

        return KerasValue.Of(new[]
        {
            new KeyValuePair<string, KerasValue>("class_name", KerasValue.Of(name is "l1" or "l2" ? name.ToUpperInvariant() : name)),
            new KeyValuePair<string, KerasValue>("config", KerasValue.Of(arguments)),
        });
    }

    private static string FirstOf(string name) => name.ToLowerInvariant() switch
    {
        "maxnorm" => "max_value",
        "constant" => "value",
        "orthogonal" => "gain",
        _ => name.ToLowerInvariant(),
    };
}
