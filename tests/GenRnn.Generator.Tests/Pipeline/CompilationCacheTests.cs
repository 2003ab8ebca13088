using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Compiler;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Spec;
using GenRnn.Generator.Pipeline;
using Xunit;

namespace GenRnn.Generator.Tests.Pipeline;

/// <summary>The cache that generator and analyzers share.</summary>
public class CompilationCacheTests
{
    [Fact]
    public async Task A_model_is_compiled_once_for_all_threads()
    {
        var compiled = new ConcurrentBag<string>();
        var cache = new CompilationCache(
            (spec, _) =>
            {
                compiled.Add(spec.Class.Name);
                Thread.Sleep(5);
                return new CompiledModel(spec.Class.Name, default);
            },
            capacity: 16);

        CompiledModel[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => cache.Compile(Spec("M" + (i % 4)), default))));

        Assert.Equal(["M0", "M1", "M2", "M3"], compiled.Order());
        Assert.Equal(Enumerable.Range(0, 64).Select(i => "M" + (i % 4)), results.Select(r => r.Source));
    }

    [Fact]
    public void The_model_used_least_recently_goes_first()
    {
        int count = 0;
        var cache = new CompilationCache((spec, _) => new CompiledModel(spec.Class.Name + ++count, default), capacity: 2);

        Assert.Equal("A1", cache.Compile(Spec("A"), default).Source);
        Assert.Equal("B2", cache.Compile(Spec("B"), default).Source);
        Assert.Equal("A1", cache.Compile(Spec("A"), default).Source);
        Assert.Equal("C3", cache.Compile(Spec("C"), default).Source);
        Assert.Equal("A1", cache.Compile(Spec("A"), default).Source);
        Assert.Equal("B4", cache.Compile(Spec("B"), default).Source);
    }

    [Fact]
    public void A_cancelled_compilation_leaves_nothing_behind()
    {
        var cache = new CompilationCache(
            (_, token) =>
            {
                token.ThrowIfCancellationRequested();
                return new CompiledModel("done", default);
            },
            capacity: 2);

        Assert.Throws<OperationCanceledException>(() => cache.Compile(Spec("A"), new CancellationToken(canceled: true)));
        Assert.Equal("done", cache.Compile(Spec("A"), default).Source);
    }

    [Fact]
    public void A_bug_of_the_compiler_becomes_a_finding()
    {
        var cache = new CompilationCache((_, _) => throw new InvalidOperationException("first\r\nsecond"), capacity: 2);

        CompiledModel result = cache.Compile(Spec("A"), default);

        Finding finding = Assert.Single(result.Findings);
        Assert.Equal("", result.Source);
        Assert.Equal(("GEN0002", "A"), (finding.Id, finding.Arguments[0]));
        Assert.StartsWith("InvalidOperationException: first  second at ", finding.Arguments[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\n', finding.Arguments[1]);
    }

    private static ModelSpec Spec(string name) => new(new ClassSpec("", default, "class", name, "", name), default);
}
