using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>A node of a graph.</summary>
/// <param name="Type">Its operator; of another domain than ONNX' with that in front.</param>
/// <param name="Name">Its name, which may be empty.</param>
/// <param name="Inputs">Names of what it reads; empty for an optional one that is left out.</param>
/// <param name="Outputs">Names of what it gives.</param>
/// <param name="Attributes">Numbers, texts and lists.</param>
/// <param name="Tensor">The value of a Constant.</param>
internal sealed record OnnxNode(string Type, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, KerasValue> Attributes, OnnxTensor? Tensor)
{
    public string Title => Name.Length > 0 ? $"the node '{ForeignText.Quote(Name)}' ({ForeignText.Quote(Type)})" : $"a node {ForeignText.Quote(Type)}";

    public string Input(int index) => index < Inputs.Count ? Inputs[index] : "";

    public string Output(int index) => index < Outputs.Count ? Outputs[index] : "";
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its axes; -1 for one that is free.</param>
internal sealed record OnnxValue(string Name, IReadOnlyList<long> Shape);

/// <summary>An ONNX model: its graph, read as data.</summary>
/// <remarks>Form: onnx.proto3, IR versions 3 to 12. Graphs inside nodes (Loop, If, Scan) are not read.</remarks>
internal sealed class OnnxFile
{
    private const int MostParts = 100_000;
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxValue> _inputs = [], _outputs = [];

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public Dictionary<string, OnnxTensor> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>Inputs that are no constants.</summary>
    public IEnumerable<OnnxValue> Inputs => _inputs.Where(i => !Constants.ContainsKey(i.Name));

    public IReadOnlyList<OnnxValue> Outputs => _outputs;

    /// <summary>The version of ONNX' own operators.</summary>
    public long Opset { get; private set; }

    public string Producer { get; private set; } = "";

    /// <summary>Whether a file may be one: it begins with a small version, as a field 1, and a text or a graph follows.</summary>
    public static bool IsOne(ReadOnlySpan<byte> data) => data.Length > 4 && data[0] == 0x08 && data[1] is > 0 and < 64 && data[2] is 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42;

    /// <exception cref="InvalidDataException">It is damaged, or its weights stand in other files.</exception>
    public static OnnxFile Open(ReadOnlyMemory<byte> data)
    {
        var file = new OnnxFile();
        var reader = new ProtoReader(data);
        bool hasGraph = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: file.Producer = reader.Text; break;
                case 7 when !hasGraph && reader.IsBytes:
                    hasGraph = true;
                    file.ReadGraph(reader.Bytes);
                    break;
                case 7: throw new InvalidDataException("The file is damaged: it has two graphs.");
                case 8 when reader.IsBytes: file.ReadOpset(reader.Bytes); break;
                case 25: throw new InvalidDataException("The file uses what Gen does not read: functions of its own.");
            }
        }

        return hasGraph ? file : throw new InvalidDataException("The file is damaged: an ONNX model without a graph.");
    }

    private void ReadOpset(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtoReader(message);
        string domain = "";
        long version = 0;
        while (reader.Next())
        {
            if (reader.Field == 1)
                domain = reader.Text;
            else if (reader.Field == 2)
                version = reader.Integer;
        }

        if (domain is "" or "ai.onnx")
            Opset = version;
    }

    private void ReadGraph(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: Add(_nodes, NodeOf(reader.Bytes)); break;
                case 5:
                    OnnxTensor tensor = OnnxTensor.Read(reader.Bytes);
                    if (Constants.Count >= MostParts || !Constants.TryAdd(tensor.Name, tensor))
                        throw new InvalidDataException($"The file is damaged: the constant '{ForeignText.Quote(tensor.Name)}' stands in it twice, or there are more than {MostParts}.");
                    break;
                case 11: Add(_inputs, ValueOf(reader.Bytes)); break;
                case 12: Add(_outputs, ValueOf(reader.Bytes)); break;
                case 15: throw new InvalidDataException("The file uses what Gen does not read: sparse constants.");
            }
        }
    }

    private static void Add<T>(List<T> list, T part)
    {
        if (list.Count >= MostParts)
            throw new InvalidDataException($"The file uses what Gen does not read: more than {MostParts} nodes, inputs or outputs.");
        list.Add(part);
    }

    private static OnnxNode NodeOf(ReadOnlyMemory<byte> message)
    {
        List<string> inputs = [], outputs = [];
        string name = "", type = "", domain = "";
        var attributes = new Dictionary<string, KerasValue>(StringComparer.Ordinal);
        OnnxTensor? tensor = null;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: Add(inputs, reader.Text); break;
                case 2: Add(outputs, reader.Text); break;
                case 3: name = reader.Text; break;
                case 4: type = reader.Text; break;
                case 5: ReadAttribute(reader.Bytes, attributes, ref tensor); break;
                case 7: domain = reader.Text; break;
            }
        }

        return new OnnxNode(domain is "" or "ai.onnx" ? type : domain + "." + type, name, inputs, outputs, attributes, tensor);
    }

    private static void ReadAttribute(ReadOnlyMemory<byte> message, Dictionary<string, KerasValue> attributes, ref OnnxTensor? tensor)
    {
        string name = "";
        KerasValue? value = null;
        var items = new List<KerasValue>();
        long type = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text; break;
                case 2: value = KerasValue.Of((double)reader.Single); break;
                case 3: value = KerasValue.Of((double)reader.Integer); break;
                case 4: value = KerasValue.Of(reader.Text); break;
                case 5: tensor = OnnxTensor.Read(reader.Bytes); break;
                case 7 when !reader.IsBytes: Add(items, KerasValue.Of((double)reader.Single)); break;
                case 7:
                    for (int i = 0; i + 4 <= reader.Bytes.Length; i += 4)
                        Add(items, KerasValue.Of((double)BitConverter.ToSingle(reader.Bytes.Span[i..])));
                    break;
                case 8 when !reader.IsBytes: Add(items, KerasValue.Of((double)reader.Integer)); break;
                case 8:
                    var list = new ProtoReader(reader.Bytes);
                    while (!list.IsAtEnd)
                        Add(items, KerasValue.Of((double)(long)list.Varint()));
                    break;
                case 9: Add(items, KerasValue.Of(reader.Text)); break;
                case 20: type = reader.Integer; break;
            }
        }

        // A list may be empty, and a number that is 0 may be left out.
        attributes[name] = items.Count > 0 || type is 6 or 7 or 8 ? KerasValue.Of(items) : value ?? type switch { 1 or 2 => KerasValue.Of(0.0), 3 => KerasValue.Of(""), _ => KerasValue.Null };
    }

    private static OnnxValue ValueOf(ReadOnlyMemory<byte> message)
    {
        string name = "";
        var shape = new List<long>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.Text;
            else if (reader.Field == 2)
                ReadShape(reader.Bytes, shape);
        }

        return new OnnxValue(name, shape);
    }

    /// <summary>TypeProto: a tensor's type, its shape, a dimension each.</summary>
    private static void ReadShape(ReadOnlyMemory<byte> message, List<long> shape)
    {
        foreach (ReadOnlyMemory<byte> tensor in Fields(message, 1))
        {
            foreach (ReadOnlyMemory<byte> dimensions in Fields(tensor, 2))
            {
                foreach (ReadOnlyMemory<byte> dimension in Fields(dimensions, 1))
                {
                    long size = -1;
                    var reader = new ProtoReader(dimension);
                    while (reader.Next())
                    {
                        if (reader.Field == 1)
                            size = reader.Integer;
                    }

                    Add(shape, size);
                }
            }
        }
    }

    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && reader.IsBytes)
                Add(found, reader.Bytes);
        }

        return found;
    }
}
