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
        Inputs = [new TensorInfo("Input", 5, 2)],
        Outputs = [new TensorInfo("Output", 0, 1)],
        Layers =
        [
            new LayerInfo("simple_rnn", "SimpleRNN", "(None, 3)", 18, 75),
            new LayerInfo("dense", "Dense", "(None, 1)", 4, 3),
        ],
        Variables =
        [
            new VariableInfo("simple_rnn/simple_rnn_cell/kernel", [2, 3], 0, true, new InitializerInfo(Initializer.GlorotUniform)),
            new VariableInfo("simple_rnn/simple_rnn_cell/recurrent_kernel", [3, 3], 6, true, new InitializerInfo(Initializer.Orthogonal)),
            new VariableInfo("simple_rnn/simple_rnn_cell/bias", [3], 15, true, new InitializerInfo(Initializer.Zeros)),
            new VariableInfo("dense/kernel", [3, 1], 18, true, new InitializerInfo(Initializer.GlorotUniform)),
            new VariableInfo("dense/bias", [1], 21, false, new InitializerInfo(Initializer.Ones)),
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

internal sealed class State(ModelInfo info, int rows, StateSlot[] slots) : ModelState<float>(info, rows, 64, slots);
