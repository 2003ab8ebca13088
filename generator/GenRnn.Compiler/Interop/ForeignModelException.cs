using System;

namespace GenRnn.Compiler.Interop;

/// <summary>A network of another tool that Gen cannot declare. The message names what was found, and where.</summary>
public sealed class ForeignModelException : Exception
{
    public ForeignModelException(string message)
        : base(message)
    {
    }
}
