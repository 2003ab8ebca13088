using System;
using System.Globalization;
using System.Linq;
using System.Text;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>Files as an editor shows them to the generator while somebody types, and names that nobody should choose.</summary>
public class HostileInputTests
{
    private const string Model = "using GenRnn;\nnamespace N;\n[Input(TimeSteps = 3, Features = 2, Name = \"In\")]\n[InitialState(\"H\")]\n[SimpleRnn(5, ReturnSequences = true, Activation = Activation.Relu)]\n[Dense(1)]\npublic partial class Model\n{\n}\n";

    [Fact]
    public void Every_prefix_of_a_file_is_survived()
    {
        for (int length = 0; length <= Model.Length; length++)
            GeneratorHost.Run(Model[..length]).AssertEmittedCodeCompilesWithoutThrowing();
    }

    [Fact]
    public void A_file_that_misses_any_one_character_is_survived()
    {
        for (int i = 0; i < Model.Length; i++)
            GeneratorHost.Run(Model.Remove(i, 1)).AssertEmittedCodeCompilesWithoutThrowing();
    }

    [Theory]
    [InlineData("[Input(]")]
    [InlineData("[Input(TimeSteps = )]")]
    [InlineData("[Input(TimeSteps = 3,)]")]
    [InlineData("[Input(TimeSteps = 3, = 5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] []")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(, 5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, Activation = )]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, Activation = Activation.)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, Activation.)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, :)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, units: 6)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(5, ReturnState = true, ReturnState = false)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn<int>(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [GenRnn.]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [N::SimpleRnn(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [InitialState(null)] [SimpleRnn(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [InitialState(null, null)] [SimpleRnn(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [InitialState(new string[] { })] [SimpleRnn(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(2147483648)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(-2147483648)]")]
    [InlineData("[Input(TimeSteps = 2147483647, Features = 2147483647, Batch = 2147483647)] [SimpleRnn(2147483647)]")]
    [InlineData("[Input(TimeSteps = 99999999999999999999999999, Features = 2)] [SimpleRnn(1e400)]")]
    [InlineData("[Input(TimeSteps = 1 / 0, Features = 2)] [SimpleRnn(int.MaxValue + 1)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [Initialize((Weight)(-1), (Initializer)int.MinValue, Gain = double.MaxValue * 2)] [Dense(1)]")]
    [InlineData("[Input(TimeSteps = Model.X, Features = sizeof(int), Name = \"\ud800\")] [SimpleRnn(5)]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2, Name = \"a\\0\\n\\\"*/ {0} {99}\")] [SimpleRnn(5, Name = \"\u202e\")] [Nope\u0000]")]
    [InlineData("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn({0})] [SimpleRnn(5, {1} = \"{2}\")]")]
    [InlineData("#if X\n[Input(TimeSteps = 3, Features = 2)]\n#endif\n[SimpleRnn(5)]")]
    public void Broken_attributes_are_survived(string attributes)
    {
        GeneratorHost.Run("using GenRnn; namespace N { " + attributes + " partial class Model { public const int X = TimeSteps; } }").AssertEmittedCodeCompilesWithoutThrowing();
        GeneratorHost.Run("using GenRnn; " + attributes + " class { } enum Model { } delegate " + attributes + " void D();").AssertEmittedCodeCompilesWithoutThrowing();
        GeneratorHost.Run("using GenRnn; [Input] " + attributes + " enum E { A } [Input] delegate void D(); [Input] interface I; [Input] struct S; [Input] record struct R; class C { [Input] void M() { } }").AssertEmittedCodeCompilesWithoutThrowing();
    }

    [Theory]
    [InlineData("@class", "@class")]
    [InlineData("@record", "@record")]
    [InlineData("@var", "@var")]
    [InlineData("\\u0041bc", "Abc")]
    [InlineData("Ünï名", "Ünï名")]
    [InlineData("@async", "@async")]
    [InlineData("_", "@_")]
    [InlineData("Vector", "Vector")]
    [InlineData("System", "System")]
    [InlineData("GenRnn", "GenRnn")]
    public void Odd_names_are_written_as_source(string written, string expected)
    {
        GeneratorResult result = GeneratorHost.Run("namespace @namespace.@if." + written + "s { partial class @struct<@in> { [GenRnn.Input(TimeSteps = 3, Features = 2)] [GenRnn.SimpleRnn(5)] partial class " + written + "<@out, T> { } } }");

        result.AssertEmittedCodeCompiles();
        Assert.Empty(result.Diagnostics);
        ClassSpec spec = GeneratorHost.ParseModel(result.Before, result.Before.GlobalNamespace.GetNamespaceMembers().Single(n => n.Name == "namespace")
            .GetNamespaceMembers().Single().GetNamespaceMembers().Single().GetTypeMembers().Single().GetTypeMembers().Single() is var type
            ? GenRnn.Generator.Parsing.Identifiers.MetadataName(type) : "").Spec.Class;
        Assert.Equal(expected, spec.Name);
        Assert.Equal("<@out, T>", spec.TypeParameters);
        Assert.Equal("partial class @struct<@in>", Assert.Single(spec.Containers));
        Assert.StartsWith("@namespace.@if.", spec.Namespace, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_levels_of_nesting_are_survived()
    {
        const int Depth = 200;
        var source = new StringBuilder("using GenRnn;\n");
        for (int i = 0; i < Depth; i++)
            source.Append(CultureInfo.InvariantCulture, $"partial class A_rather_long_name_{i} {{ ");
        source.Append("[Input(TimeSteps = 3, Features = 2)] [SimpleRnn(").Append('(', Depth).Append('5').Append(')', Depth).Append(")] partial class Model;");
        source.Append('}', Depth);

        GeneratorResult result = GeneratorHost.Run(source.ToString());

        Assert.Empty(result.Diagnostics);
        result.AssertEmittedCodeCompiles();
    }

    [Fact]
    public void A_thousand_attributes_are_survived()
    {
        GeneratorResult result = GeneratorHost.Run("using GenRnn;\n[Input(TimeSteps = 3, Features = 2)]\n"
            + string.Concat(Enumerable.Repeat("[Initialize(Weight.Kernel, Initializer.Zeros)]\n", 1000)) + "[Dense(1)] partial class Model;");

        result.AssertEmittedCodeCompiles();
    }
}
