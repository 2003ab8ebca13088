using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Properties;
using GenRnn.EndToEnd.Tests.Running;
using GenRnn.Fingerprint;
using GenRnn.Interpreter;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Oracle;

/// <summary>Generated code equals the interpreter's float mode bit for bit, at every number of rows and in both orders of gradient sums.</summary>
public sealed class InterpreterTests
{
    private const int Seed = 20;

    public static TheoryData<string> Models => new(OracleModels.All.Keys);

    [Theory]
    [MemberData(nameof(Models))]
    public void Predict_has_its_bits(string name)
    {
        Case model = new(name);
        foreach (int rows in new[] { 1, 2, model.Batch, model.Batch + 3 })
        {
            float[] inputs = model.Inputs(rows);
            float[] outputs = new float[rows * model.Info.OutputLength];
            model.Model.Predict(model.Pack(model.Info.Inputs, inputs, rows), outputs);
            Bits.AssertEqual<float>(
                model.Interpreter.Predict(inputs, model.Model.Parameters).Outputs, model.Unpack(model.Info.Outputs, outputs, rows), $"{name}, {rows} rows");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_and_backward_have_its_bits(string name)
    {
        Case model = new(name);
        ModelWorkspace<float> workspace = model.Model.CreateWorkspace();
        workspace.Seed = Seed;
        foreach (int rows in new[] { model.Batch, Math.Max(1, model.Batch - 1), 1 })
        {
            float[] inputs = model.Inputs(rows);
            float[] upstream = model.Values(rows * model.Info.OutputLength, rows + 1000);
            float[] outputs = new float[upstream.Length];
            float[] inputGradients = new float[inputs.Length];
            model.Model.Forward(model.Pack(model.Info.Inputs, inputs, rows), outputs, null, workspace, training: true);
            model.Model.Backward(model.Pack(model.Info.Outputs, upstream, rows), inputGradients, workspace);

            InterpretedPass<float> expected = model.Interpreter.Differentiate(
                inputs, model.Model.Parameters, upstream, model.Order, call: new TrainingCall(Seed, workspace.TrainingCalls));
            string what = $"{name}, {rows} rows of {model.Order}";
            Bits.AssertEqual<float>(expected.Outputs, model.Unpack(model.Info.Outputs, outputs, rows), what + ", outputs");
            Bits.AssertEqual<float>(expected.Gradients, workspace.Gradients, what + ", gradients");
            Bits.AssertEqual<float>(expected.InputGradients, model.Unpack(model.Info.Inputs, inputGradients, rows), what + ", input gradients");
        }
    }

    [Fact]
    public void Both_orders_of_gradient_sums_are_reached() =>
        Assert.Equal([false, true], OracleModels.All.Values.Select(s => GradientOrder.Of(s).RowsInLanes).Distinct().Order());

    /// <summary>A generated model with random weights, biases included, beside the interpreter of its spec.</summary>
    private sealed class Case
    {
        private readonly bool _isTimeMajor;

        public Case(string name)
        {
            _isTimeMajor = OracleModels.IsTimeMajor(name);
            Model = OracleModels.Create(name);
            Info = Model.Info;
            Interpreter = ModelInterpreter.ExactSingle(OracleModels.All[name]);
            Order = GradientOrder.Of(OracleModels.All[name]);
            Model.UpdateParameters(Values(Info.ParameterCount, 0), static (parameters, values) => values.CopyTo(parameters));
        }

        public IModel<float> Model { get; }

        public ModelInfo Info { get; }

        public ModelInterpreter<float> Interpreter { get; }

        public GradientOrder Order { get; }

        public int Batch => Order.Batch;

        public float[] Inputs(int rows)
        {
            float[] values = Values(rows * Info.InputLength, rows);
            int index = 0;
            foreach (TensorInfo input in Info.Inputs)
            {
                for (int end = index + rows * input.Length; index < end; index++)
                    values[index] = input.Vocabulary == 0 ? values[index] : MathF.Floor((values[index] + 0.5f) * input.Vocabulary);
            }

            return RowLengthValues.Apply(Info, values, rows);
        }

        public float[] Values(int count, int seed)
        {
            Random random = new(Seed + seed);
            return Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f).ToArray();
        }

        /// <summary>The interpreter works batch-major; the model in its own layout.</summary>
        public float[] Pack(IReadOnlyList<TensorInfo> items, float[] batchMajor, int rows) =>
            Packing.Pack<float>(items, Packing.Unpack<float>(items, batchMajor, rows, timeMajor: false), _isTimeMajor);

        public float[] Unpack(IReadOnlyList<TensorInfo> items, float[] packed, int rows) =>
            Packing.Unpack<float>(items, packed, rows, _isTimeMajor).SelectMany(t => t.Values).ToArray();
    }
}
