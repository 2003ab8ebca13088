using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading.Onnx;

/// <summary>An ONNX model: its graph says all of the network, if it is a chain.</summary>
internal sealed class OnnxSource : INetworkSource
{
    private readonly OnnxFile _file;
    private readonly long _length;
    private OnnxChain? _chain;

    private OnnxSource(OnnxFile file, long length)
    {
        _file = file;
        _length = length;
    }

    /// <inheritdoc/>
    public string Origin => $"ONNX, opset {_file.Opset}{(_file.Producer.Length > 0 ? " by " + _file.Producer : "")}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aside => [];

    /// <exception cref="InvalidDataException">It is damaged, or its weights stand in other files.</exception>
    public static OnnxSource Open(ReadOnlyMemory<byte> data) => new(OnnxFile.Open(data), data.Length);

    /// <inheritdoc/>
    public ImportedModel Declare(ImportRequest request)
    {
        _chain = new OnnxChain(_file, _length, request);
        try
        {
            return _chain.Read();
        }
        catch (OverflowException exception)
        {
            throw new InvalidDataException("The file is damaged: sizes that no tensor has.", exception);
        }
    }

    /// <inheritdoc/>
    public void Fill(ModelInfo info, Span<double> parameters) => _chain!.Fill(info, parameters);
}
