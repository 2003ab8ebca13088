using System;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;

namespace GenRnn.Generator.Pipeline;

/// <summary>Bugs of Gen: the generator reports them instead of throwing, which would discard what it says of every other model.</summary>
internal static class InternalErrors
{
    /// <summary>GEN0002, with the exception and where it was thrown.</summary>
    public static Finding Describe(string model, Exception exception)
    {
        string origin = (exception.StackTrace ?? "").Split('\n')[0].Trim();
        string message = exception.GetType().Name + ": " + exception.Message + " " + origin;
        string line = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return new Finding(Rules.InternalError, Place.Class, new EquatableArray<string>(new[] { model, line }));
    }
}
