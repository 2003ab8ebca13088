using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Runtime.Tests;

/// <summary>The variables of models whose weights lie in <c>Files</c>, without the models.</summary>
internal static class ForeignModels
{
    public static ModelInfo Of(params (string Class, (string Role, int[] Shape)[] Variables)[] layers)
    {
        var names = new Dictionary<string, int>();
        var infos = new List<LayerInfo>();
        var variables = new List<VariableInfo>();
        int offset = 0;
        foreach ((string type, (string Role, int[] Shape)[] own) in layers)
        {
            string stem = KerasClassPaths.SnakeCase(type);
            names.TryGetValue(stem, out int number);
            names[stem] = number + 1;
            string name = number == 0 ? stem : stem + "_" + number;
            infos.Add(new LayerInfo { Name = name, Type = type, OutputShape = "(None)", ParameterCount = own.Sum(v => Count(v.Shape)), MultiplyAddsPerRow = 0 });
            foreach ((string role, int[] shape) in own)
            {
                variables.Add(new VariableInfo { Path = name + "/" + role, Shape = shape, Offset = offset });
                offset += Count(shape);
            }
        }

        return new ModelInfo
        {
            Name = "Foreign",
            Batch = 1,
            Layout = DataLayout.BatchMajor,
            ArchitectureHash = "",
            Inputs = [new TensorInfo { Name = "Input", TimeSteps = 5, Features = 3 }],
            Outputs = [new TensorInfo { Name = "Output", Features = 1 }],
            Layers = infos,
            Variables = variables,
            ParameterCount = offset,
        };
    }

    public static (string Class, (string Role, int[] Shape)[] Variables) Lstm(int features, int units) =>
        ("LSTM", [("kernel", [features, 4 * units]), ("recurrent_kernel", [units, 4 * units]), ("bias", [4 * units])]);

    public static (string Class, (string Role, int[] Shape)[] Variables) Gru(int features, int units) =>
        ("GRU", [("kernel", [features, 3 * units]), ("recurrent_kernel", [units, 3 * units]), ("bias", [2, 3 * units])]);

    public static (string Class, (string Role, int[] Shape)[] Variables) Dense(int features, int units) =>
        ("Dense", [("kernel", [features, units]), ("bias", [units])]);

    public static (string Class, (string Role, int[] Shape)[] Variables) BatchNormalization(int features) =>
        ("BatchNormalization", [("gamma", [features]), ("beta", [features]), ("moving_mean", [features]), ("moving_variance", [features])]);

    private static int Count(int[] shape) => shape.Aggregate(1, (a, b) => a * b);
}
