using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp;

/// <summary>Names that the emitted file uses for one model.</summary>
internal sealed class ModelNames
{
    public ModelNames(ModelSpec spec, Schedule schedule)
    {
        Class = spec.Class;
        Element = schedule.IsDouble ? "double" : "float";
        Kernels = "Kernels";
        Inputs = Parameters(schedule.Program.Inputs);
        InputTypes = schedule.Program.Inputs.Select(i => i.IsLengths ? "global::GenRnn.CompilerServices.RowLengths<" + Element + ">" : ReadOnly).ToList();
        DataInputs = Inputs.Where((_, i) => !schedule.Program.Inputs[i].IsLengths).ToList();
        Outputs = OutputNames(schedule.Program);
    }

    public ClassSpec Class { get; }

    /// <summary><c>float</c> or <c>double</c>.</summary>
    public string Element { get; }

    /// <summary>The file's class of kernels.</summary>
    public string Kernels { get; }

    /// <summary>The file's class of kernels on one kind of vector.</summary>
    /// <param name="lanes">What the runtime calls its operations, but for the element.</param>
    /// <param name="vector">The vector's type, but for the element.</param>
    public string KernelsOf(string lanes, string vector) =>
        Kernels + "<global::GenRnn.CompilerServices." + lanes + (Element == "float" ? "Single" : "Double") + ", " + vector + "<" + Element + ">>";

    /// <summary>Parameter names of the inputs, lengths of rows included.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Their types inside the model: lengths come as integers, or packed among the other values.</summary>
    public IReadOnlyList<string> InputTypes { get; }

    /// <summary>Parameter names of the inputs that are no lengths: those of a step, and those that have gradients.</summary>
    public IReadOnlyList<string> DataInputs { get; }

    /// <summary>Parameter names of the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; }

    public string Self => Class.Name + Class.TypeParameters;

    public string ReadOnly => "global::System.ReadOnlySpan<" + Element + ">";

    public string Writable => "global::System.Span<" + Element + ">";

    /// <summary>Inputs inside the model, each with its type.</summary>
    public string TypedInputs => string.Join(", ", Inputs.Select((name, i) => InputTypes[i] + " " + name));

    private static IReadOnlyList<string> Parameters(IReadOnlyList<Sequence> sequences) => sequences.Count(s => !s.IsLengths) == 1
        ? sequences.Select(s => s.IsLengths ? "lengths" : "input").ToList()
        : sequences.Select(s => Literals.Parameter(s.Name)).ToList();

    private static IReadOnlyList<string> OutputNames(Program program)
    {
        List<string> names = program.OutputNames.Count == 0 ? new() { "output" } : program.OutputNames.Select(Literals.Parameter).ToList();
        foreach (Sequence state in program.Outputs.Skip(names.Count))
        {
            string[] parts = state.Name.Split('.');
            LayerNode layer = program.Layers.First(l => l.Name == parts[0]);
            names.Add(Literals.Parameter(layer.ViewName + char.ToUpperInvariant(parts[1][0]) + parts[1].Substring(1)));
        }

        return names;
    }
}
