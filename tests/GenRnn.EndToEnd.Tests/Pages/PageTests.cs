using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using GenRnn.EndToEnd.Tests.Compiling;
using Xunit;

namespace GenRnn.EndToEnd.Tests.Pages;

/// <summary>The C# of the pages for newcomers from other libraries compiles, runs, and has the shapes that it says.</summary>
public sealed class PageTests
{
    private static readonly IReadOnlyList<CodeBlock> Blocks =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "*.md").Order(StringComparer.Ordinal).SelectMany(file => CodeBlock.Of(Path.GetFileName(file), File.ReadAllText(file)))];

    private static readonly Lazy<ModelCompilation> Compilation = new(() => ModelCompilation.Compile("Pages", [.. Blocks.Select(b => b.Source())]));

    public static IEnumerable<object[]> Names() => Blocks.Select(b => new object[] { b.Page, b.Line });

    [Theory]
    [MemberData(nameof(Names))]
    public void ABlockCompilesAndRuns(string page, int line)
    {
        CodeBlock block = Blocks.Single(b => b.Page == page && b.Line == line);
        MethodInfo run = Compilation.Value.FindType($"{block.Namespace}.{block.ClassName}").GetMethod("Run")!;

        run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    [Theory]
    [InlineData("coming-from-keras.md", 12)]
    [InlineData("coming-from-tensorflow1.md", 8)]
    [InlineData("coming-from-pytorch.md", 6)]
    public void APageStatesShapes(string page, int atLeast) =>
        Assert.True(Blocks.Where(b => b.Page == page).Sum(b => b.ShapeCount) >= atLeast);
}
