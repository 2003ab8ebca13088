using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Tests.Hosting;
using GenRnn.Interpreter.Kernels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>
/// What the pages of the diagnostics recommend computes what it says: the plans of every model and of every cell that is stepped by hand in a good example are run in memory, through all entry
/// points. All examples are one compilation, each in a namespace of its own.
/// </summary>
public sealed class PagePlanTests(ITestOutputHelper output)
{
    private const int Seed = 5;

    [Fact]
    public void Good_examples_compute_what_they_say()
    {
        string[] examples = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics"), "GEN*.md").Order(StringComparer.Ordinal).SelectMany(Good)];
        Compilation compilation = GeneratorHost.Compile(examples);
        int models = 0;
        foreach (INamespaceSymbol page in compilation.Assembly.GlobalNamespace.GetNamespaceMembers())
        {
            foreach (ModelSpec spec in GeneratorHost.ModelsIn(compilation, page.Name).Where(m => !m.IsCell || SteppedCell.StandsAlone(m)).Select(m => m.IsCell ? SteppedCell.ModelOf(m) : m))
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                Assert.DoesNotContain(ShapeInference.Infer(spec).Findings, f => f.IsError);
                var sch=PlanVerifier.ScheduleOf(spec); long work=sch.Program.Parameters.Sum(p=>(long)p.Length)*System.Math.Max(1,sch.Program.Inputs[0].Steps); System.IO.File.AppendAllText("/tmp/plans-pages.txt", $"{page.Name} {spec.Class.Name} {work} {sch.Batch}\n");
                if (work < 300000) PlanVerifier.Verify(sch, Seed, [new Machine(8, false)], [Math.Min(sch.Batch, 5)]);
                System.IO.File.AppendAllText("/tmp/plans-pages.txt", $"{clock.ElapsedMilliseconds} ms\n");
                models++;
                output.WriteLine($"{page.Name} {spec.Class.Name} {clock.ElapsedMilliseconds} ms");
            }
        }

        output.WriteLine($"{models} models.");
        Assert.True(models > 90, $"Only {models} models.");
    }

    /// <summary>The types that a page's good examples declare: statements beside them declare nothing.</summary>
    private static IEnumerable<string> Good(string page)
    {
        string id = Path.GetFileNameWithoutExtension(page);
        return Regex.Matches(File.ReadAllText(page).Split("\n## Good\n").Skip(1).SingleOrDefault() ?? "", "```csharp\n(.*?)```", RegexOptions.Singleline).Select((match, number) =>
        {
            IEnumerable<BaseTypeDeclarationSyntax> types = CSharpSyntaxTree.ParseText(match.Groups[1].Value).GetRoot()
                .DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>();
            return $"using System;\nusing GenRnn;\nnamespace {id}_{number}\n{{\n{string.Concat(types.Select(t => t.ToFullString()))}\n}}\n";
        });
    }
}
