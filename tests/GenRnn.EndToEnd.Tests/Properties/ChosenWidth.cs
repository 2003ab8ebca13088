using System.Runtime.CompilerServices;
using GenRnn.TestModels;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>The width of vectors that the parent of this process chose, before any test makes a model.</summary>
internal static class ChosenWidth
{
    [ModuleInitializer]
    internal static void Choose() => VectorWidth.Choose();
}
