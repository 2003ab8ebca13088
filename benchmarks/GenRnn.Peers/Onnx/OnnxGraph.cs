using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace GenRnn.Peers.Onnx;

/// <summary>Writes a network with random weights as an ONNX file (onnx.proto, operators of version 17), operator by operator.</summary>
internal sealed class OnnxGraph
{
    private const int Float = 1, Int64 = 7;

    private readonly Message _graph = new();
    private readonly Random _random = new(1);
    private int _names;

    /// <summary>The file of a graph with one input and one output.</summary>
    public byte[] Write(string input, bool isIds, long[] inputShape, string output, long[] outputShape)
    {
        _graph.Text(2, "network").Inner(11, ValueInfo(input, isIds ? Int64 : Float, inputShape)).Inner(12, ValueInfo(output, Float, outputShape));
        return new Message().Number(1, 8).Inner(8, new Message().Text(1, "").Number(2, 17)).Inner(7, _graph).ToArray();
    }

    /// <summary>Adds an operator with one output that counts.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputPlace">Which of its outputs is asked for.</param>
    /// <param name="attributes">Numbers, lists of numbers, or texts.</param>
    /// <returns>The name of the output.</returns>
    public string Add(string operation, string[] inputs, int outputPlace = 0, params (string Name, object Value)[] attributes)
    {
        string output = $"v{_names++}";
        var node = new Message();
        foreach (string input in inputs)
            node.Text(1, input);
        for (int i = 0; i < outputPlace; i++)
            node.Text(2, "");
        node.Text(2, output).Text(4, operation);
        foreach ((string name, object value) in attributes)
            node.Inner(5, Attribute(name, value));
        _graph.Inner(1, node);
        return output;
    }

    /// <summary>Random weights, from -0.1 to 0.1.</summary>
    public string Weights(params long[] shape)
    {
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 0.2f * _random.NextSingle() - 0.1f)];
        return Constant(Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);
    }

    /// <summary>Whole numbers, such as axes and shapes.</summary>
    public string Integers(params long[] values) => Constant(Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    private string Constant(int type, ReadOnlySpan<byte> bytes, params long[] shape)
    {
        string name = $"w{_names++}";
        var tensor = new Message();
        foreach (long dimension in shape)
            tensor.Number(1, dimension);
        _graph.Inner(5, tensor.Number(2, type).Text(8, name).Bytes(9, bytes));
        return name;
    }

    private static Message Attribute(string name, object value)
    {
        Message attribute = new Message().Text(1, name);
        switch (value)
        {
            case long number:
                return attribute.Number(3, number).Number(20, 2);
            case string text:
                return attribute.Text(4, text).Number(20, 3);
            default:
                foreach (long number in (IEnumerable<long>)value)
                    attribute.Number(8, number);
                return attribute.Number(20, 7);
        }
    }

    private static Message ValueInfo(string name, int type, long[] shape)
    {
        var dimensions = new Message();
        foreach (long dimension in shape)
            dimensions.Inner(1, new Message().Number(1, dimension));
        return new Message().Text(1, name).Inner(2, new Message().Inner(1, new Message().Number(1, type).Inner(2, dimensions)));
    }
}
