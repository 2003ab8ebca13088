using System.Collections.Generic;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace GenRnn.CodeFixes.Keras;

/// <summary>
/// Writes Keras' layers as attributes. What Gen does not have is written all the same, under the name that it would have, so that
/// the compiler underlines it: an option that silently disappeared would be a different model.
/// </summary>
internal sealed class AttributeWriter
{
    /// <summary>Where a shape is not known: sizes to change.</summary>
    private const string TemplateSteps = "50";
    private const string TemplateFeatures = "1";

    /// <summary>Keras' argument for what is a layer of its own here.</summary>
    private const string BackwardLayer = "backward_layer";

    private static readonly string[] s_inputs = { "Input", "InputLayer" };
    private static readonly string[] s_shapes = { "shape", "input_shape", "batch_shape", "batch_input_shape" };

    private readonly Compilation _compilation;

    public AttributeWriter(Compilation compilation) => _compilation = compilation;

    /// <summary>Whether a bare name is a layer's.</summary>
    public static bool IsLayer(string name) => s_inputs.Contains(name) || FindLayer(name) is not null || FindWrapper(name) is not null;

    /// <summary>One attribute a line, the input first. Empty if there is no layer.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<PythonCall> calls)
    {
        List<PythonCall> layers = calls.Where(c => !s_inputs.Contains(c.Name)).ToList();
        if (layers.Count == 0)
            return new string[0];

        var lines = new List<string> { Input(calls) };
        lines.AddRange(layers.SelectMany(Lines));
        return lines;
    }

    /// <summary>A wrapper is written in front of the layer inside; what else it is told is its own.</summary>
    private IEnumerable<string> Lines(PythonCall call)
    {
        if (FindWrapper(call.Name) is not { } wrapper || call.Arguments.Count == 0 || PythonCall.Find(call.Arguments[0].Value, IsLayer) is not { Count: > 0 } inside)
        {
            foreach (string line in Layer(call))
                yield return line;
            yield break;
        }

        IEnumerable<string> options = call.Arguments.Skip(1).Where(a => !s_shapes.Contains(a.Name) && a.Name != BackwardLayer).Select(a => Option(wrapper, a.Name, a.Value));
        string arguments = string.Join(", ", options);
        yield return "[" + wrapper.Kind + (arguments.Length == 0 ? "" : "(" + arguments + ")") + "]";
        foreach (string line in Lines(inside[0]))
            yield return line;
        if (call.Arguments.FirstOrDefault(a => a.Name == BackwardLayer).Value is not { } backward || PythonCall.Find(backward, IsLayer) is not { Count: > 0 } half)
            yield break;
        yield return "[" + BackwardHalf.Kind + "]";
        foreach (string line in Lines(half[0]))
            yield return line;
    }

    private static ItemDefinition? FindWrapper(string kerasClass) => LayerRegistry.FindWrapper(kerasClass)?.Definition;

    private string Option(ItemDefinition wrapper, string name, string value)
    {
        FlagDefinition? flag = wrapper.Find(Pascal(name));
        return flag is { IsPositional: true } ? Value(flag, value) : Pascal(name) + " = " + Value(flag, value);
    }

    private static Layer? FindLayer(string kerasClass) => LayerRegistry.All.FirstOrDefault(l => l.KerasClass == kerasClass);

    private static string Input(IReadOnlyList<PythonCall> calls)
    {
        foreach (PythonCall call in calls)
        {
            foreach ((string name, string value) in call.Arguments)
            {
                bool isShape = s_shapes.Contains(name) || (name.Length == 0 && s_inputs.Contains(call.Name));
                if (isShape)
                    return Input(value, isBatchFirst: name.StartsWith("batch", System.StringComparison.Ordinal), call);
            }
        }

        // Ids have no features.
        return calls.FirstOrDefault(c => !s_inputs.Contains(c.Name)) is { } first && FindLayer(first.Name) is { TakesIds: true }
            ? "[Input(TimeSteps = " + (first.Arguments.FirstOrDefault(a => a.Name == "input_length").Value ?? TemplateSteps) + ")]"
            : Input(TemplateSteps, TemplateFeatures, null);
    }

    private static string Input(string shape, bool isBatchFirst, PythonCall call)
    {
        List<string> sizes = shape.Trim('(', ')', '[', ']').Split(',').Select(s => s.Trim()).Where(s => s.Length > 0).ToList();
        string? batch = call.Arguments.FirstOrDefault(a => a.Name == "batch_size").Value;
        if (isBatchFirst && sizes.Count > 0)
        {
            batch = sizes[0];
            sizes.RemoveAt(0);
        }

        string features = sizes.Count == 0 ? TemplateFeatures : sizes[sizes.Count - 1];
        return Input(sizes.Count > 1 ? sizes[0] : null, features, batch);
    }

    // Every size is a constant of the compiled model: where Keras has None, there is a number to change.
    private static string Input(string? steps, string features, string? batch) => "[Input("
        + (steps is null ? "" : "TimeSteps = " + (steps == "None" ? TemplateSteps : steps) + ", ")
        + "Features = " + (features == "None" ? TemplateFeatures : features)
        + (batch is null or "None" ? "" : ", Batch = " + batch) + ")]";

    /// <summary>A layer by the table that the importer reads files by. What that does not take is written all the same.</summary>
    private IEnumerable<string> Layer(PythonCall call)
    {
        IReadOnlyList<string> order = KerasCall.ArgumentsOf(call.Name);
        var arguments = new List<(string Name, string Value)>();
        int next = 0;
        foreach ((string written, string value) in call.Arguments)
        {
            string key = written.Length > 0 ? written : next < order.Count ? order[next++] : "";
            if (value != "None" && !s_shapes.Contains(key) && key is not ("batch_size" or "input_length"))
                arguments.Add((key, value));
        }

        List<KeyValuePair<string, KerasValue>> known = arguments
            .Where(a => a.Name.Length > 0 && PythonValue.Read(a.Value) is not null)
            .Select(a => new KeyValuePair<string, KerasValue>(a.Name, PythonValue.Read(a.Value)!)).ToList();
        if (KerasCall.Read(call.Name, known) is not var (item, left))
        {
            yield return Unknown(call.Name, arguments);
            yield break;
        }

        foreach (string line in DeclarationPrinter.Lines(item).Take(item.Modifiers.Count))
            yield return line;
        ItemDefinition definition = Catalogue.Find(item.Kind)!;
        IEnumerable<(string Name, FlagDefinition? Flag, string Value)> others = arguments
            .Where(a => left.Contains(a.Name) || known.All(k => k.Key != a.Name))
            .Select(a => (Name: Pascal(a.Name), Flag: definition.Find(Pascal(a.Name)), a.Value))
            .Select(a => (a.Name, a.Flag, Value(a.Flag, a.Value)));
        List<(string Name, FlagDefinition? Flag, string Value)> all = DeclarationPrinter.Arguments(item).Select(a => (a.Flag.Name, (FlagDefinition?)a.Flag, a.Value)).Concat(others).ToList();
        // Without a name in the constructor's order, and one that it does not have behind them; then those with a name.
        IEnumerable<string> unnamed = definition.Flags.Where(f => f.IsPositional).SelectMany(f => all.Where(a => a.Flag == f)).Concat(all.Where(a => a.Name.Length == 0)).Select(a => a.Value);
        IEnumerable<string> named = all.Where(a => a.Name.Length > 0 && a.Flag is not { IsPositional: true }).Select(a => a.Name + " = " + a.Value);
        yield return DeclarationPrinter.Written(item.Kind, unnamed.Concat(named));
    }

    private string Unknown(string kerasClass, IEnumerable<(string Name, string Value)> arguments) => DeclarationPrinter.Written(Pascal(kerasClass), arguments
        .OrderBy(a => a.Name.Length == 0 ? 0 : 1)
        .Select(a => (a.Name.Length == 0 ? "" : Pascal(a.Name) + " = ") + Value(null, a.Value)));

    private string Value(FlagDefinition? flag, string value)
    {
        if (flag?.Name == "Unroll" && value is "True" or "False")
            return value == "True" ? "Unroll.Full" : "Unroll.Auto";
        if (value is "True" or "False")
            return value == "True" ? "true" : "false";

        string plain = value.Trim('"', '\'');
        if (flag?.Type == FlagType.Enum)
        {
            // "relu", keras.activations.relu, keras.initializers.Orthogonal()
            string word = plain.Split('(')[0];
            word = word.Substring(word.LastIndexOf('.') + 1);
            return flag.EnumName + "." + (FindMember(flag.EnumName, word) ?? Pascal(word));
        }

        // Python writes 0. for 0.0.
        return plain != value ? "\"" + plain + "\"" : value.EndsWith(".", System.StringComparison.Ordinal) ? value + "0" : value;
    }

    private string? FindMember(string enumName, string word) =>
        _compilation.GetTypeByMetadataName("GenRnn." + enumName) is { } type
            ? Spelling.FindNearest(word, type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => f.Name))
            : null;

    /// <summary><c>return_sequences</c> as ReturnSequences, <c>LSTM</c> as Lstm, <c>ConvLSTM1D</c> as it is.</summary>
    private static string Pascal(string name)
    {
        if (name.Length > 1 && name.All(char.IsUpper))
            return name[0] + name.Substring(1).ToLowerInvariant();

        var pascal = new StringBuilder();
        foreach (string word in name.Split('_').Where(w => w.Length > 0))
            pascal.Append(char.ToUpperInvariant(word[0])).Append(word.Substring(1));
        return pascal.ToString();
    }
}
