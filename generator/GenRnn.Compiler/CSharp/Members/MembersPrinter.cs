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
        int arena = _schedule.PredictPlans.Max(p => p.Arena.Length);
        _code.Lines(
$$"""
private readonly global::GenRnn.CompilerServices.ModelCore<{{_t}}> _core = new(Info, {{_schedule.Panels.Length}}, {{arena}}, {{_kernels}}.Pack);

/// <summary>A model with Keras' initial weights.</summary>
/// <param name="seed">Seed of the model's own random stream: the same seed gives the same weights on any machine.</param>
public {{_names.Class.Name}}(int seed = 0) => _core.Initialize(seed);

private {{_names.Class.Name}}(global::GenRnn.CompilerServices.Uninitialized _)
{
}

/// <summary>All parameters, dense, in Keras' order and layout. After a <see cref="LoadFrom(string)"/> a span taken before shows the old ones.</summary>
public {{_names.ReadOnly}} Parameters => _core.Parameters;

/// <summary>The weights by layer and name, in Keras' layout.</summary>
public WeightViews Weights => new WeightViews(this);

/// <summary>A new model with the weights of a safetensors file that <see cref="Save(string)"/> wrote.</summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, of another architecture, or no regular file.</exception>
public static {{_names.Self}} Load(string path)
{
    var model = new {{_names.Self}}(default(global::GenRnn.CompilerServices.Uninitialized));
    model._core.Load(path);
    return model;
}

/// <summary>A new model with the weights of a safetensors file, read from a stream's position on. What follows them is left unread.</summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, or of another architecture.</exception>
public static {{_names.Self}} Load(global::System.IO.Stream stream)
{
    var model = new {{_names.Self}}(default(global::GenRnn.CompilerServices.Uninitialized));
    model._core.Load(stream);
    return model;
}

/// <summary>A new model with the weights of a safetensors file in memory.</summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, or of another architecture.</exception>
public static {{_names.Self}} Load(global::System.ReadOnlySpan<byte> file)
{
    var model = new {{_names.Self}}(default(global::GenRnn.CompilerServices.Uninitialized));
    model._core.Load(file);
    return model;
}

/// <summary>
/// Swaps the weights for those of a safetensors file, while the model runs: a call of Predict or Step computes with the weights that were there when
/// it began, all old or all new. Spans of <see cref="Parameters"/> and views of <see cref="Weights"/> taken before keep the old ones.
/// Not for between a Forward and its Backward, nor during a training.
/// </summary>
/// <exception cref="global::System.IO.InvalidDataException">The file is damaged, of another architecture, or no regular file; nothing was changed.</exception>
public void LoadFrom(string path) => _core.LoadFrom(path);

/// <summary>As <see cref="LoadFrom(string)"/>, from a stream's position on. What follows the weights is left unread.</summary>
public void LoadFrom(global::System.IO.Stream stream) => _core.LoadFrom(stream);

/// <summary>As <see cref="LoadFrom(string)"/>, from a file in memory.</summary>
public void LoadFrom(global::System.ReadOnlySpan<byte> file) => _core.LoadFrom(file);

/// <summary>Writes the weights as a safetensors file, all or nothing. An older file keeps its permissions, a symbolic link stays one.</summary>
/// <exception cref="global::System.IO.IOException">The file cannot be written, or its folder does not exist.</exception>
public void Save(string path) => _core.Save(path);

/// <summary>Writes the weights as a safetensors file to a stream, from its position on.</summary>
public void Save(global::System.IO.Stream stream) => _core.Save(stream);

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
public State CreateState(int rows = {{(_schedule.Identity.IsStateful ? _schedule.Batch : 1)}}) => new State(rows);

""");
    }
}
