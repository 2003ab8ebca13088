using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.EndToEnd.Tests;

/// <summary>Every supported golden at every batch and layout: all that its file holds, within the tolerance that its README says.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    public static IEnumerable<object[]> Runs() =>
        GoldenSuite.Instance.Runs.Select(run => new object[] { run.Plan.Case.Name, run.Variant.Batch, run.Variant.IsTimeMajor, run.Variant.IsDouble });

    [Theory]
    [MemberData(nameof(Runs))]
    public void EqualsTheReference(string name, int batch, bool timeMajor, bool isDouble)
    {
        RunResult result = GoldenSuite.Instance.Run(name, new Variant(batch, timeMajor, isDouble));

        foreach (TensorError error in result.Errors)
            output.WriteLine(error.ToString());
        if (result.Failure is { } failure)
            Assert.Fail($"{result.Plan.Declaration.Print(name, result.Variant)}\n{failure}");
        Assert.NotEmpty(result.Errors);
        IEnumerable<TensorError> wrong = result.Errors.Where(e => !e.Passes);
        Assert.True(result.Passes, $"{result.Plan.Declaration.Print(name, result.Variant)}\n{string.Join(Environment.NewLine, wrong)}");
    }
}
