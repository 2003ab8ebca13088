using System;
using System.Collections.Generic;
using GenRnn.Compiler.Interop;

namespace GenRnn.Tool.Reading;

/// <summary>A network as another tool's files have it.</summary>
internal interface INetworkSource
{
    /// <summary>What it is, for people: <c>Keras 2.15.0, Sequential 'sequential'</c>.</summary>
    string Origin { get; }

    /// <summary>What else is in the file.</summary>
    IReadOnlyList<string> Aside { get; }

    /// <summary>The network as a declaration.</summary>
    /// <exception cref="ForeignModelException">It holds what Gen does not have.</exception>
    ImportedModel Declare(ImportRequest request);

    /// <summary>Reads the weights of the declared network.</summary>
    /// <param name="info">What the generator says of it.</param>
    /// <param name="parameters">All its parameters.</param>
    /// <exception cref="System.IO.InvalidDataException">The file is damaged, or its weights are not those of the network.</exception>
    void Fill(ModelInfo info, Span<double> parameters);
}
