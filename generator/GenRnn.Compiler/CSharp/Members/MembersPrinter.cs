using System.Linq;
using GenRnn.Compiler.Scheduling;

namespace GenRnn.Compiler.CSharp.Members;

/// <summary>Prints the members of the model class, and the types nested in it.</summary>
internal sealed class MembersPrinter
{
    private readonly CodeWriter _code;
    private readonly ModelNames _names;
    private readonly Schedule _schedule;
    private readonly string _t;
    private readonly string _kernels;

    public MembersPrinter(CodeWriter code, ModelNames names, Schedule schedule)
    {
        _code = code;
        _names = names;
        _schedule = schedule;
        _t = names.Element;
        _kernels = "global::GenRnn.Generated." + names.Kernels;
    }

    public void Print()
    {
        Construction();
        new InferenceMembers(_code, _names, _schedule).Print();
        new TrainingMembers(_code, _names, _schedule).Print();
        new InterfaceMembers(_code, _names, _schedule).Print();
        new NestedTypesPrinter(_code, _names, _schedule).Print();
    }

    private void Construction()
    {
        int arena = _schedule.PredictPlans.Max(p => p.ArenaLength);
        _code.Lines(
$$"""
private readonly global::GenRnn.CompilerServices.ModelCore<{{_t}}> _core = new(Info, {{_schedule.Panels.Length}}, {{arena}}, {{_kernels}}.Pack);

/// <summary>A model with Keras' initial weights.</summary>
/// <param name="seed">Seed of the model's own random stream: the same seed gives the same weights on any machine.</param>
public {{_names.Class.Name}}(int seed = 0) => _core.Initialize(seed);

/// <summary>All parameters, dense, in Keras' order and layout.</summary>
public {{_names.ReadOnly}} Parameters => _core.Parameters;

/// <summary>The weights by layer and name, in Keras' layout.</summary>
public WeightViews Weights => new WeightViews(this);

/// <summary>A new model with the weights of a safetensors file that <see cref="Save"/> wrote.</summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, or of another architecture.</exception>
public static {{_names.Self}} Load(string path)
{
    var model = new {{_names.Self}}();
    model._core.LoadFrom(path);
    return model;
}

/// <summary>Writes the weights as safetensors, all or nothing.</summary>
public void Save(string path) => _core.Save(path);

/// <summary>Lets <paramref name="update"/> write the parameters, then repacks what was derived from them.</summary>
public void UpdateParameters<TArg>(TArg arg, global::System.Buffers.SpanAction<{{_t}}, TArg> update) => _core.UpdateParameters(arg, update);

/// <summary>The weights as Keras' get_weights() gives them: one array a variable.</summary>
public {{_t}}[][] GetWeights() => _core.GetWeights();

/// <summary>Replaces all weights; changes nothing if a count or a length does not match.</summary>
public void SetWeights(global::System.ReadOnlySpan<{{_t}}[]> weights) => _core.SetWeights(weights);

/// <summary>Keras' table of the layers.</summary>
public string Summary() => global::GenRnn.CompilerServices.ModelSummary.Format(Info);

/// <summary>Memory for one training pass at a time: arena and gradients.</summary>
public Workspace CreateWorkspace() => new Workspace();

/// <summary>What is carried from step to step, zero at first.</summary>
/// <param name="rows">1 or {{_schedule.Batch}}, the model's batch.</param>
public State CreateState(int rows = {{(_schedule.IsStateful ? _schedule.Batch : 1)}}) => new State(rows);

""");
    }
}
