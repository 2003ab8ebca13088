using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>Kernels that layers of many widths share give the bits of the interpreter, as kernels of one width do.</summary>
public sealed class SharedWidthTests
{
    private static readonly Dictionary<string, ModelSpec> Models = new[]
    {
        // Rows in lanes, and single rows with units in lanes.
        Stack("TwentyGrus", "Gru", 20, 17, first: 3, step: 1),
        // Units in lanes, in ranges of rows and in a small batch.
        Stack("TenLstms", "Lstm", 10, 18, first: 9, step: 7),
        Stack("TenRnns", "SimpleRnn", 10, 5, first: 6, step: 9),
        Stack("TenGrusOfOneRow", "Gru", 10, 1, first: 4, step: 5),
    }.ToDictionary(m => m.Class.Name);

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile(
        "SharedWidths", Models.Values.Select(m => new ModelSource(m.Class.Namespace, m.Class.Name, DeclarationText.WriteClass(m))).ToArray()));

    [Theory]
    [InlineData("TwentyGrus", 17)]
    [InlineData("TwentyGrus", 2)]
    [InlineData("TenLstms", 18)]
    [InlineData("TenLstms", 7)]
    [InlineData("TenRnns", 5)]
    [InlineData("TenGrusOfOneRow", 1)]
    public void A_training_pass_has_its_bits(string name, int rows) => DifferentiatedPass.AssertHasTheInterpretersBits(Create(name), Models[name], rows);

    [Theory]
    [InlineData("TwentyGrus")]
    [InlineData("TenLstms")]
    [InlineData("TenRnns")]
    [InlineData("TenGrusOfOneRow")]
    public void Inference_has_its_bits(string name)
    {
        IModel<float> model = Create(name);
        ModelInfo info = model.Info;
        int rows = info.Batch + 3;
        float[] x = new RandomValues(8).Next<float>(rows * info.InputLength), y = new float[rows * info.OutputLength], step = new float[info.OutputLength];
        model.Predict(x, y);
        Bits.AssertEqual<float>(ModelInterpreter.ExactSingle(Models[name]).Predict(x, model.Parameters).Outputs, y, name);

        ModelState<float> state = model.CreateState(1);
        var stepper = (IStreamingModel<float>)model;
        int features = info.Inputs[0].Features;
        for (int time = 0; time < info.Inputs[0].TimeSteps; time++)
        {
            stepper.Step(x.AsSpan(time * features, features), step.AsSpan(0, info.Outputs[0].Features), state);
            Bits.AssertEqual<float>(y.AsSpan(time * info.Outputs[0].Features, info.Outputs[0].Features), step.AsSpan(0, info.Outputs[0].Features), $"{name}, step {time}");
        }
    }

    private static ModelSpec Stack(string name, string kind, int layers, int batch, int first, int step)
    {
        ModelBuilder model = new ModelBuilder(name).Sequence(3, 2, ("Batch", batch));
        for (int i = 0; i < layers; i++)
            model = model.Item(kind, ("Units", first + (i * step)), ("ReturnSequences", true));
        return model.Dense(2).Build();
    }

    private static IModel<float> Create(string name) => (IModel<float>)Activator.CreateInstance(Compilation.Value.Find(Models[name].Class.MetadataName), 3)!;
}
