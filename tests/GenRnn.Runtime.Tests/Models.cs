using System;
using System.Collections.Generic;
using GenRnn.CompilerServices;

namespace GenRnn.Runtime.Tests;

/// <summary>Hand-written models in place of generated ones.</summary>
internal static class Models
{
    /// <summary>A SimpleRNN of 3 units over 2 features and a Dense of 1; the Dense bias is not trainable.</summary>
    public static ModelInfo Small(string hash = "hash-of-small") => new()
    {
        Name = "Small",
        Batch = 4,
        Layout = DataLayout.BatchMajor,
        ArchitectureHash = hash,
        Inputs = [new TensorInfo { Name = "Input", TimeSteps = 5, Features = 2 }],
        Outputs = [new TensorInfo { Name = "Output", Features = 1 }],
        Layers =
        [
            new LayerInfo { Name = "simple_rnn", Type = "SimpleRNN", OutputShape = "(None, 3)", ParameterCount = 18, MultiplyAddsPerRow = 75 },
            new LayerInfo { Name = "dense", Type = "Dense", OutputShape = "(None, 1)", ParameterCount = 4, MultiplyAddsPerRow = 3 },
        ],
        Variables =
        [
            new VariableInfo { Path = "simple_rnn/simple_rnn_cell/kernel", Shape = [2, 3], Offset = 0, Initializer = new InitializerInfo { Kind = Initializer.GlorotUniform } },
            new VariableInfo { Path = "simple_rnn/simple_rnn_cell/recurrent_kernel", Shape = [3, 3], Offset = 6, Initializer = new InitializerInfo { Kind = Initializer.Orthogonal } },
            new VariableInfo { Path = "simple_rnn/simple_rnn_cell/bias", Shape = [3], Offset = 15 },
            new VariableInfo { Path = "dense/kernel", Shape = [3, 1], Offset = 18, Initializer = new InitializerInfo { Kind = Initializer.GlorotUniform } },
            new VariableInfo { Path = "dense/bias", Shape = [1], Offset = 21, IsTrainable = false, Initializer = new InitializerInfo { Kind = Initializer.Ones } },
        ],
        ParameterCount = 22,
    };

    /// <summary>A core whose panels are the parameters, doubled.</summary>
    public static ModelCore<float> Core(ModelInfo info) => new(info, info.ParameterCount, 64, static (parameters, panels) =>
    {
        for (int i = 0; i < parameters.Length; i++)
            panels[i] = 2 * parameters[i];
    });

    public static float[] Ramp(int length)
    {
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = i + 1;
        return values;
    }
}

internal sealed class Workspace(ModelInfo info) : ModelWorkspace<float>(info, 128);

internal sealed class State(ModelInfo info, int rows, StateSlot[] slots) : ModelState<float>(info, rows, new StateLayout { ArenaLength = 64, Slots = slots });
