using System;
using System.Linq;
using GenRnn.EndToEnd.Tests.Oracle;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>This assembly's tests over again where vectors are narrower, wider, or software: sums over rows in every run; all properties, goldens and the oracle, at every width,
/// with <c>GEN_EXHAUSTIVE=1</c>.</summary>
public sealed class EveryWidthTests
{
    private static readonly bool IsExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    public static TheoryData<string> Widths => new((IsExhaustive ? VectorWidth.All : [VectorWidth.Of128Bits]).Select(w => w.Name));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_property_holds(string name)
    {
        string filter = IsExhaustive
            ? $"(FullyQualifiedName~.Properties.|FullyQualifiedName~{nameof(InterpreterTests)}|FullyQualifiedName~{nameof(GoldenTests)})&FullyQualifiedName!~Width"
            : $"FullyQualifiedName~{nameof(RowSumTests)}";
        VectorWidth.All.Single(w => w.Name == name).RunTests(typeof(EveryWidthTests).Assembly, filter);
    }
}
