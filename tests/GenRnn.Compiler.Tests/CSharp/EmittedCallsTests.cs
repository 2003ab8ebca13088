using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.TestModels;
using Xunit;

namespace GenRnn.Compiler.Tests.CSharp;

/// <summary>
/// Emitted code computes with operations that round alike on every machine, and nothing else: a new call must be looked at and added here.
/// </summary>
public sealed class EmittedCallsTests
{
    private static readonly HashSet<string> s_allowed = new(StringComparer.Ordinal)
    {
        // Exact or correctly rounded, lane by lane.
        "Lanes.Zero", "Lanes.Count", "Lanes.Indices", "Lanes.Splat", "Lanes.SplatLane", "Lanes.Add", "Lanes.Subtract", "Lanes.Multiply", "Lanes.Divide", "Lanes.FusedMultiplyAdd",
        "Lanes.Sqrt", "Lanes.Abs", "Lanes.Negate", "Lanes.Max", "Lanes.Less", "Lanes.Greater", "Lanes.GreaterOrEqual", "Lanes.Select",
        // Gen's own functions and sums.
        "Lanes.Exp", "Lanes.Log", "Lanes.Log1p", "Lanes.Tanh", "Lanes.Sigmoid", "Lanes.Erf", "Lanes.Softplus", "Lanes.Keep", "Lanes.Normal", "Lanes.Fold",
        "VectorRandom.WriteKey", "VectorRandom.From", "VectorRandom.All", "LaneReduction.Dot", "LaneReduction.Sum", "LaneReduction.Max",
        // Integers only.
        "Math.Min", "Math.Max",
    };

    public static IEnumerable<object[]> Models() => ModelCatalogue.All.Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Models))]
    public void Emitted_code_calls_nothing_else(string name)
    {
        string source = ModelCompiler.Compile(ModelCatalogue.Find(name).Spec).Source;
        IEnumerable<string> calls = Regex.Matches(source, @"\b(Vector|Lanes|VectorMath|VectorLanes|VectorRandom|LaneReduction|Math|MathF)\.(\w+)")
            .Select(m => m.Value)
            .Distinct();

        Assert.Equal([], calls.Except(s_allowed));
        Assert.DoesNotMatch(@"\bunsafe\b", source);
        Assert.DoesNotContain("\r", source, StringComparison.Ordinal);
    }

    /// <summary>F12 leads here: one empty line in front of a member, as where people write.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Emitted_members_are_set_apart(string name)
    {
        string source = ModelCompiler.Compile(ModelCatalogue.Find(name).Spec).Source;
        Assert.DoesNotMatch(@"[;}]\n +///", source);
        Assert.DoesNotContain("\n\n\n", source, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\n\n +\}", source);
    }

    /// <summary>A driver that takes in a kernel spends the inliner's budget on it, and the activations inside become calls: eight times slower until they are compiled for good.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void A_kernel_is_compiled_once_and_never_inlined(string name)
    {
        string source = ModelCompiler.Compile(ModelCatalogue.Find(name).Spec).Source;
        MatchCollection methods = Regex.Matches(source, @"(?<attribute>\[MethodImpl\([^\]]*\)\])?\s*internal static void \w+\((?<parameters>[^)]*)\)\s*\{(?<body>.*?)\n        \}", RegexOptions.Singleline);
        List<Match> kernels = [.. methods.Where(m => Regex.IsMatch(m.Groups["body"].Value, @"As<\w+, V>\(|LaneReduction\."))];

        Assert.NotEmpty(kernels);
        Assert.All(kernels, k => Assert.Equal("[MethodImpl(Compiled)]", k.Groups["attribute"].Value));
        Assert.Contains("private const MethodImplOptions Compiled = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;", source, StringComparison.Ordinal);
    }

    /// <summary>Tiered compilation would run the first thousands of steps, which are as short as a few calls, at twice the time.</summary>
    [Theory]
    [InlineData("SingleNeuron")]
    [InlineData("LstmStateful")]
    [InlineData("LstmInTurns")]
    public void A_step_is_compiled_once_and_takes_its_drivers_in(string name)
    {
        const string Attribute = @"\[global::System\.Runtime\.CompilerServices\.MethodImpl\(global::System\.Runtime\.CompilerServices\.MethodImplOptions\.";
        string source = ModelCompiler.Compile(ModelCatalogue.Find(name).Spec).Source;

        Assert.Matches(Attribute + @"AggressiveOptimization\)\]\s*public void Step\(", source);
        Assert.Matches(Attribute + @"AggressiveInlining\)\]\s*internal static void StepChunk1\(", source);
        Assert.Matches(Attribute + @"AggressiveInlining\)\]\s*internal static void Step1\(", source);
    }
}
