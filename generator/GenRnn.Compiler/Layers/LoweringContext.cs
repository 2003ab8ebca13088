using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers;

/// <summary>What a layer writes to while it is lowered.</summary>
public sealed class LoweringContext
{
    private readonly IReadOnlyList<Sequence> _initialStates;
    private int _parameterOffset;

    internal LoweringContext(Program program, ItemSpec item, string name, Sequence input, Shape inputShape, Shape outputShape,
        IReadOnlyList<Sequence> initialStates)
    {
        Program = program;
        Item = item;
        Name = name;
        Input = input;
        InputShape = inputShape;
        OutputShape = outputShape;
        _initialStates = initialStates;
        LayerIndex = program.Layers.Count;
        _parameterOffset = program.Parameters.Sum(p => p.Length);
        Output = input;
    }

    public Program Program { get; }

    public ItemSpec Item { get; }

    /// <summary>The layer's name in Keras' style, unique in the model.</summary>
    public string Name { get; }

    public int LayerIndex { get; }

    public Sequence Input { get; }

    public Shape InputShape { get; }

    public Shape OutputShape { get; }

    /// <summary>What the next layer reads. To be set.</summary>
    public Sequence Output { get; set; }

    /// <summary>Final states, if the layer returns them or another layer starts from them.</summary>
    public List<Sequence> States { get; } = new();

    /// <summary>The vector that state <paramref name="index"/> starts from; null means zeros.</summary>
    public Sequence? InitialState(int index) => index < _initialStates.Count ? _initialStates[index] : null;

    /// <summary>A trainable weight of the layer.</summary>
    /// <param name="name">Keras' short name.</param>
    /// <param name="owner">The object inside the layer that owns it (<c>simple_rnn_cell</c>), or empty.</param>
    /// <param name="initializer">How it starts, unless an <c>[Initialize]</c> modifier says otherwise.</param>
    /// <param name="shape">Keras' shape.</param>
    public ParameterView AddParameter(string name, string owner, InitializerSpec initializer, params int[] shape)
    {
        string path = owner.Length == 0 ? Name + "/" + name : Name + "/" + owner + "/" + name;
        Parameter parameter = new(LayerIndex, name, path, shape, _parameterOffset, initializer);
        _parameterOffset += parameter.Length;
        Program.Parameters.Add(parameter);
        return parameter.View();
    }

    /// <summary>The initialiser of a weight: an <c>[Initialize]</c> modifier, else the flag, else Keras' default.</summary>
    public InitializerSpec Initializer(string weight, string flag, string absent)
    {
        foreach (ModifierSpec modifier in Item.Modifiers.Where(m => m.Kind == "Initialize"))
        {
            if (modifier.Find("Weight")?.Text != weight)
                continue;
            IEnumerable<FlagSpec> arguments = modifier.Flags.Where(f => f.Name is not ("Weight" or "Initializer"));
            return new InitializerSpec(modifier.Find("Initializer")?.Text ?? absent, arguments.ToEquatableArray());
        }

        return new InitializerSpec(Item.GetText(flag, absent));
    }

    /// <summary>A region of this layer over the steps of its input (once, if that is a vector).</summary>
    public RegionBuilder AddRegion(string equation)
    {
        Region region = new(Name, LayerIndex, System.Math.Max(1, Input.Steps)) { Equation = equation };
        Program.Forward.Add(region);
        return new RegionBuilder(region);
    }

    /// <summary>A new sequence (or vector, if <paramref name="steps"/> is 0) that this layer writes.</summary>
    public Sequence NewSequence(string suffix, int steps, int width) =>
        Program.NewSequence(string.Format(CultureInfo.InvariantCulture, "{0}.{1}", Name, suffix), steps, width);
}
