using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Analyzers.CallRules;
using GenRnn.Analyzers.Models;
using GenRnn.Generator.Diagnostics;
using GenRnn.Generator.Parsing;
using GenRnn.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenRnn.Analyzers;

/// <summary>Checks every class that carries attributes of Gen. A model is parsed and compiled once, then handed to all rules.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <summary>A line for each rule. Those that compare nothing but flags come after those that decide whether the model compiles.</summary>
    private static readonly IModelRule[] s_rules =
    {
        new CompilerFindings(),
        new StatefulBackwards(),
        new ReversedSequence(),
        new HardSigmoidDefinition(),
        new DroppedPenalty(),
        new SoftmaxOfOneValue(),
        new SwappedInitialStates(),
        new RedundantTimeDistributed(),
        new LookAhead(),
        new LongUnroll(),
        new LayerShape(),
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        s_rules.SelectMany(r => r.Descriptors).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (RuntimeTypes.FindAssembly(start.Compilation) is not { } runtime)
                return;
            var names = new AttributeNames(runtime, start.Compilation, start.CancellationToken);
            string help = HelpPages.AddressIn(start.Options.AnalyzerConfigOptionsProvider);
            bool isStopped = StoppedBuild.IsMarked(start.Compilation);
            start.RegisterSymbolAction(symbol => Analyze(symbol, names, help, isStopped), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, AttributeNames names, string help, bool isStopped)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!MayBeOurs(type, names, context.CancellationToken) || AnalyzedModel.Create(type, context.Compilation, isStopped, context.CancellationToken) is not { } model)
            return;

        foreach (IModelRule rule in s_rules)
        {
            foreach (Diagnostic diagnostic in rule.Check(model))
                context.ReportDiagnostic(HelpPages.Link(diagnostic, help));
        }
    }

    /// <summary>Syntax first: most classes have no attribute that is called like one of Gen's.</summary>
    private static bool MayBeOurs(INamedTypeSymbol type, AttributeNames names, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { AttributeLists.Count: > 0 } declaration && names.MayBeOurs(declaration))
                return true;
        }

        return false;
    }
}
