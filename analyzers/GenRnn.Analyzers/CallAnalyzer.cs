using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using GenRnn.Analyzers.CallFacts;
using GenRnn.Analyzers.CallRules;
using GenRnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Analyzers;

/// <summary>Checks where models are used: the methods that Gen writes, training, optimisers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallAnalyzer : DiagnosticAnalyzer
{
    private static readonly ICallRule[] s_rules =
    {
        new SeveralClippings(),
        new LossAndActivation(),
        new ShuffledState(),
        new BatchSizeMismatch(),
        new OptionOutOfRange(),
        new UnfitDataSet(),
        new WrongLength(),
        new WrongRowLength(),
        new ImpossibleState(),
        new StepWithoutStreaming(),
        new ForeignState(),
        new SharedAcrossThreads(),
        new StateNotReset(),
        new SwappedArguments(),
        new SwappedCopies(),
        new WrongLayout(),
        new IdOutsideVocabulary(),
        new MaskedId(),
    };

    /// <summary>Names of the methods that any rule looks at.</summary>
    private static readonly HashSet<string> s_methods = new()
    {
        "Predict", "Forward", "Backward", "Step", "CreateState", "Fit", "Evaluate", "CopyTo",
        "For", "ForEach", "ForAsync", "ForEachAsync", "Invoke", "Run", "StartNew", "QueueUserWorkItem",
    };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        s_rules.SelectMany(r => r.Descriptors).Distinct().ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (RuntimeTypes.Find(start.Compilation) is not { } types || !ModelTypes.MayExist(start.Compilation))
                return;
            var models = new ModelTypes(start.Compilation, types);
            string help = HelpPages.AddressIn(start.Options.AnalyzerConfigOptionsProvider);
            start.RegisterOperationAction(
                operation => Analyze(operation, types, models, help),
                OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.Invalid, OperationKind.DeconstructionAssignment);
        });
    }

    private static void Analyze(OperationAnalysisContext context, RuntimeTypes types, ModelTypes models, string help)
    {
        if (!IsOfInterest(context.Operation) || IsMeantToThrow(context.Operation.Syntax))
            return;

        var call = new CallContext(context, types, models, help);
        foreach (ICallRule rule in s_rules)
        {
            switch (context.Operation)
            {
                case IInvocationOperation invocation:
                    rule.Check(invocation, call);
                    break;
                case IObjectCreationOperation creation:
                    rule.Check(creation, call);
                    break;
                case IInvalidOperation invalid:
                    rule.Check(invalid, call);
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    rule.Check(deconstruction, call);
                    break;
            }
        }
    }

    /// <summary>A test of what Gen refuses: <c>Assert.Throws&lt;ArgumentException&gt;(() => model.Predict(...))</c>.</summary>
    private static bool IsMeantToThrow(SyntaxNode node) => node.Ancestors().Any(a => a is AnonymousFunctionExpressionSyntax
        {
            Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } },
        }
        && name.StartsWith("Throw", System.StringComparison.Ordinal));

    /// <summary>Nearly all calls and objects of a program end here: a method of another name, an object that is neither a trainer nor set up where it is made.</summary>
    private static bool IsOfInterest(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => s_methods.Contains(invocation.TargetMethod.Name),
        IObjectCreationOperation creation => creation.Initializer is not null || creation.Type?.Name is "Trainer" or "TopKCategoricalAccuracy" or "SparseTopKCategoricalAccuracy",
        _ => true,
    };
}
