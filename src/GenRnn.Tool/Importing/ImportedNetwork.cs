using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler;
using GenRnn.Compiler.CSharp;
using GenRnn.Compiler.Interop;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Tool.Reading;

namespace GenRnn.Tool.Importing;

/// <summary>A network of another tool: its declaration, and its weights under Gen's names.</summary>
internal sealed class ImportedNetwork
{
    private readonly double[] _parameters;
    private readonly INetworkSource _source;

    private ImportedNetwork(INetworkSource source, ImportedModel model, ModelInfo info, double[] parameters)
    {
        _source = source;
        _parameters = parameters;
        Model = model;
        Info = info;
    }

    /// <summary>The declaration and where its layers come from.</summary>
    public ImportedModel Model { get; }

    /// <summary>What the generator says of the declared class: its weight files are those that this writes.</summary>
    public ModelInfo Info { get; }

    /// <summary>What was left aside.</summary>
    public IEnumerable<string> Aside => _source.Aside.Concat(Model.Layers.SelectMany(l => l.Aside));

    /// <summary>What is otherwise than in the file.</summary>
    public IEnumerable<string> Notes => Model.Notes;

    /// <summary>Imports a model: declares it, checks that the generator compiles it, and reads its weights.</summary>
    /// <exception cref="ForeignModelException">It holds what Gen does not have.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its weights are not those of its configuration.</exception>
    public static ImportedNetwork Of(INetworkSource source, ImportRequest request)
    {
        ImportedModel model = source.Declare(request);
        CompiledModel compiled = ModelCompiler.Compile(model.Spec);
        if (compiled.Findings.Where(f => f.IsError).Select(f => f.Message).ToList() is { Count: > 0 } errors)
            throw new ForeignModelException(string.Join(" ", errors));
        ModelInfo info = InfoOf(model.Spec);
        var parameters = new double[info.ParameterCount];
        source.Fill(info, parameters);
        return new ImportedNetwork(source, model, info, parameters);
    }

    /// <summary>The C# file.</summary>
    public string Declaration(string sourceName, string weightsName)
    {
        var comment = new List<string>
        {
            $"Imported from {ForeignText.Quote(sourceName)} ({ForeignText.Quote(_source.Origin)}) by dotnet gen import.",
            $"Its weights: {Model.Spec.Class.Name}.Load(\"{ForeignText.Quote(weightsName)}\").",
        };
        comment.AddRange(Notes.Select(line => "Note: " + ForeignText.Quote(line, 400) + "."));
        comment.AddRange(Aside.Select(line => "Left aside: " + ForeignText.Quote(line, 400) + "."));
        return DeclarationPrinter.Print(Model.Spec, comment);
    }

    /// <summary>Writes the weights as the declared class saves them.</summary>
    public void WriteWeights(Stream stream)
    {
        if (Info.Precision == Precision.Double)
            WeightWriter.Write<double>(stream, Info, _parameters, scaling: null);
        else
            WeightWriter.Write<float>(stream, Info, Array.ConvertAll(_parameters, value => (float)value), scaling: null);
    }

    private static ModelInfo InfoOf(ModelSpec spec)
    {
        ModelShapes shapes = ShapeInference.Infer(spec);
        Compiler.Ir.Program program = ModelLowering.Lower(shapes);
        IReadOnlyList<string> architecture = Architecture.Lines(shapes);
        return new ModelInfo
        {
            Name = spec.Class.Name,
            Batch = spec.Items[0].GetInteger("Batch", 32),
            Layout = DataLayout.BatchMajor,
            Precision = spec.Items[0].GetText("Precision") == "Double" ? Precision.Double : Precision.Single,
            IsStateful = spec.Items.Any(i => i.GetBoolean("Stateful")),
            ArchitectureHash = Architecture.Hash(architecture),
            FormerArchitectureHash = FormerArchitecture.Hash(spec, program),
            Architecture = architecture,
            Inputs = [],
            Outputs = [],
            Layers = program.Layers.Select(l => new LayerInfo { Name = l.Name, Type = l.KerasClass, OutputShape = ModelPrinter.ShapeOf(l), ParameterCount = l.ParameterCount, MultiplyAddsPerRow = l.MultiplyAddsPerRow }).ToList(),
            Variables = program.Parameters.Select(p => new VariableInfo { Path = p.Path, Shape = [.. p.Shape], Offset = p.Offset, IsTrainable = p.IsTrainable }).ToList(),
            ParameterCount = program.Parameters.Sum(p => p.Length),
        };
    }
}
