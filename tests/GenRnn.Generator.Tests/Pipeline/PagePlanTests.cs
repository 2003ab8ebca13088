using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Scheduling;
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
    // Enough of a batch for its own plan, which fewer rows do not run.
    private const int RowsOfACall = 10;
    private const int Seed = 5, LargestWork = 300_000;

    private static readonly bool s_isExhaustive = Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    [Fact]
    public void Good_examples_compute_what_they_say()
    {
        string[] examples = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics"), "GEN*.md").Order(StringComparer.Ordinal).SelectMany(Good)];
        Compilation compilation = GeneratorHost.Compile(examples);
        int models = 0;
        var seen = new HashSet<EquatableArray<ItemSpec>>();
        foreach (INamespaceSymbol page in compilation.Assembly.GlobalNamespace.GetNamespaceMembers())
        {
            foreach (ModelSpec spec in GeneratorHost.ModelsIn(compilation, page.Name).Where(m => !m.IsCell || SteppedCell.StandsAlone(m)).Select(m => m.IsCell ? SteppedCell.ModelOf(m) : m))
            {
                Assert.DoesNotContain(ShapeInference.Infer(spec).Findings, f => f.IsError);
                models++;
                // Many pages show the same model.
                if (!seen.Add(spec.Items))
                    continue;
                Schedule schedule = PlanVerifier.ScheduleOf(spec);
                // The page on the limits of a model has one that is near them.
                if (s_isExhaustive || schedule.Program.Parameters.Sum(p => (long)p.Length) * Math.Max(1, schedule.Program.Inputs[0].Steps) < LargestWork)
                    PlanVerifier.Verify(schedule, Seed, [new Machine(8, false)], [Math.Min(schedule.Batch, RowsOfACall)], explains: false);
                else
                    output.WriteLine($"{page.Name} is run where GEN_EXHAUSTIVE is 1.");
            }
        }

        output.WriteLine($"{models} models, {seen.Count} different ones.");
        Assert.True(models > 60, $"Only {models} models.");
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
