using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GenRnn.Generator.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace GenRnn.Analyzers.Tests.Hosting;

/// <summary>Applies code fixes and refactorings through the workspace's interface, as an editor does.</summary>
internal sealed class FixHost : IDisposable
{
    private static readonly ImmutableArray<CodeFixProvider> s_providers = typeof(CodeFixes.RenameCodeFix).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(t))
        .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!)
        .ToImmutableArray();

    private readonly AdhocWorkspace _workspace = new();

    /// <summary>A solution of one project for each array of sources.</summary>
    public FixHost(params string[][] projects)
    {
        CSharpCompilation like = GeneratorHost.Compile();
        Solution solution = _workspace.CurrentSolution;
        for (int p = 0; p < projects.Length; p++)
        {
            var project = ProjectId.CreateNewId();
            solution = solution.AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, "Project" + p, "Project" + p, LanguageNames.CSharp,
                compilationOptions: like.Options, parseOptions: GeneratorHost.ParseOptions, metadataReferences: like.References));
            for (int d = 0; d < projects[p].Length; d++)
                solution = solution.AddDocument(DocumentId.CreateNewId(project), $"Source{d}.cs", SourceText.From(projects[p][d]), filePath: $"P{p}/Source{d}.cs");
        }

        Solution = solution;
    }

    public static IReadOnlyList<CodeFixProvider> Providers => s_providers;

    public Solution Solution { get; private set; }

    public IReadOnlyList<string> Texts => Solution.Projects.SelectMany(p => p.Documents)
        .OrderBy(d => d.FilePath, StringComparer.Ordinal).Select(d => d.GetTextAsync().Result.ToString()).ToList();

    private Document FirstDocument => Solution.Projects.SelectMany(p => p.Documents).OrderBy(d => d.FilePath, StringComparer.Ordinal).First();

    public void Dispose() => _workspace.Dispose();

    /// <summary>Applies the first fix that is offered for a diagnostic of this ID; gives its title, or null if there is none.</summary>
    public async Task<string?> FixAsync(string id)
    {
        foreach ((Document document, Diagnostic diagnostic) in await FindAsync(id))
        {
            foreach (CodeFixProvider provider in s_providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
            {
                if ((await OfferAsync(provider, document, diagnostic)).FirstOrDefault() is not { } action)
                    continue;
                await ApplyAsync(action);
                return action.Title;
            }
        }

        return null;
    }

    /// <summary>What is offered for the first diagnostic of this ID.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(string id)
    {
        (Document document, Diagnostic diagnostic) = (await FindAsync(id))[0];
        var titles = new List<string>();
        foreach (CodeFixProvider provider in s_providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
            titles.AddRange((await OfferAsync(provider, document, diagnostic)).Select(a => a.Title));
        return titles;
    }

    /// <summary>What all providers offer for the first diagnostic of this ID.</summary>
    public async Task<IReadOnlyList<string>> AllTitlesAsync(string id) => (await AllAsync(id)).Select(a => a.Title).ToList();

    /// <summary>Applies one of them.</summary>
    public async Task ApplyAsync(string id, int index) => await ApplyAsync((await AllAsync(id))[index]);

    private async Task<IReadOnlyList<CodeAction>> AllAsync(string id)
    {
        var actions = new List<CodeAction>();
        foreach ((Document document, Diagnostic diagnostic) in (await FindAsync(id)).Take(1))
        {
            foreach (CodeFixProvider provider in s_providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
                actions.AddRange(await OfferAsync(provider, document, diagnostic));
        }

        return actions;
    }

    /// <summary>Applies a fix to all diagnostics of this ID.</summary>
    public async Task FixAllAsync(string id, FixAllScope scope, int choice = 0)
    {
        (Document document, Diagnostic diagnostic) = (await FindAsync(id))[0];
        CodeFixProvider provider = s_providers.First(p => p.FixableDiagnosticIds.Contains(id) && OfferAsync(p, document, diagnostic).Result.Count > 0);
        CodeAction first = (await OfferAsync(provider, document, diagnostic))[choice];
        var context = new FixAllContext(document, provider, scope, first.EquivalenceKey!, [id], new Diagnostics(this, id), CancellationToken.None);
        CodeAction all = (await provider.GetFixAllProvider()!.GetFixAsync(context))!;
        await ApplyAsync(all);
    }

    /// <summary>Applies the refactoring at a place of the first document; gives its title, or null if there is none.</summary>
    public async Task<string?> RefactorAsync(CodeRefactoringProvider provider, int position)
    {
        var actions = new List<CodeAction>();
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(FirstDocument, new TextSpan(position, 0), actions.Add, CancellationToken.None));
        if (actions.Count == 0)
            return null;
        await ApplyAsync(Assert.Single(actions));
        return actions[0].Title;
    }

    private static async Task<IReadOnlyList<CodeAction>> OfferAsync(CodeFixProvider provider, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            document, diagnostic.Location.SourceSpan, [diagnostic], (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private async Task ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }

    /// <summary>Diagnostics of the compiler, the generator and the analyzers, where they stand.</summary>
    private async Task<IReadOnlyList<(Document Document, Diagnostic Diagnostic)>> FindAsync(string id)
    {
        var found = new List<(Document, Diagnostic)>();
        foreach (Project project in Solution.Projects)
        {
            var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
            foreach (Diagnostic diagnostic in (await FindAsync(compilation, id)).Where(d => d.Id == id))
            {
                string path = diagnostic.Location.GetLineSpan().Path;
                if (project.Documents.FirstOrDefault(d => d.FilePath == path) is { } document)
                    found.Add((document, diagnostic));
            }
        }

        return found;
    }

    /// <summary>What the compiler says comes from the compiler, file by file: it need not look into what Gen wrote.</summary>
    private static async Task<IEnumerable<Diagnostic>> FindAsync(CSharpCompilation compilation, string id)
    {
        if (id.StartsWith("GEN", StringComparison.Ordinal))
            return await AnalyzerHost.FindAllAsync(compilation, id);
        return AnalyzerHost.CompilerDiagnostics(GeneratorHost.Run(compilation).After);
    }

    private sealed class Diagnostics(FixHost host, string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await host.FindAsync(id)).Where(f => f.Document.Project.Id == project.Id).Select(f => f.Diagnostic);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await host.FindAsync(id)).Where(f => f.Document.Id == document.Id).Select(f => f.Diagnostic);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
