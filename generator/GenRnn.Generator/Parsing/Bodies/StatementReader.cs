using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>
/// Reads a cell's body as a straight line of assignments and a return. Other static methods of the class are read in place. Anything else is a finding on
/// that statement.
/// </summary>
internal sealed class StatementReader
{
    private const int MaximumDepth = 16;

    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly BodyTape _tape;
    private readonly ExpressionReader _expressions;
    private int _depth;

    public StatementReader(INamedTypeSymbol type, Compilation compilation, FindingSink findings, CancellationToken cancellationToken)
    {
        _type = type;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        _tape = new BodyTape(findings);
        _expressions = new ExpressionReader(_tape, this);
    }

    /// <summary>What was read, in the order of evaluation.</summary>
    public IReadOnlyList<CellExpression> Expressions => _tape.Expressions;

    /// <summary>Where each expression stands.</summary>
    public IReadOnlyList<Location> Locations => _tape.Locations;

    /// <summary>Where the step's results stand.</summary>
    public Location? ReturnLocation { get; private set; }

    /// <summary>The results, by expression; null if something was not understood.</summary>
    public IReadOnlyList<int>? Read(IMethodSymbol step, MethodDeclarationSyntax syntax)
    {
        var scope = new CellScope();
        for (int i = 1; i < step.Parameters.Length; i++)
        {
            var leaf = new CellExpression(i == 1 ? CellOperation.Input : CellOperation.State, default, step.Parameters[i].Name) { Offset = Math.Max(0, i - 2) };
            scope.Set(step.Parameters[i], CellBinding.Of(_tape.Add(leaf, syntax.ParameterList.Parameters[i])));
        }

        try
        {
            IReadOnlyList<int> results = ReadBody(syntax, scope);
            return results.Count > 0 ? results : null;
        }
        catch (NotUnderstoodException)
        {
            return null;
        }
    }

    private IReadOnlyList<int> ReadBody(MethodDeclarationSyntax syntax, CellScope scope)
    {
        SemanticModel model = _compilation.GetSemanticModel(syntax.SyntaxTree);
        if (model.GetOperation(syntax, _cancellationToken) is not IMethodBodyOperation method || (method.BlockBody ?? method.ExpressionBody) is not { } block)
            throw _tape.Refuse(syntax, "the method has no body");
        return ReadBlock(block, scope) ?? throw _tape.Refuse(syntax, "the method does not return");
    }

    private IReadOnlyList<int>? ReadBlock(IBlockOperation block, CellScope scope)
    {
        foreach (IOperation statement in block.Operations)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            switch (statement)
            {
                case IReturnOperation { ReturnedValue: { } returned }:
                    return ReadResults(returned, scope);
                case IBlockOperation inner:
                    if (ReadBlock(inner, scope) is { } results)
                        return results;
                    break;
                case IVariableDeclarationGroupOperation group:
                    foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(d => d.Declarators))
                        Declare(declarator, scope);
                    break;
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment }:
                    Assign(assignment.Target, Bind(assignment.Value, scope), scope);
                    break;
                case IExpressionStatementOperation { Operation: ICompoundAssignmentOperation compound } when CellTypesOfRuntime.IsVec(compound.Type):
                    Assign(compound.Target, CellBinding.Of(_expressions.Binary(compound, compound.OperatorKind, compound.Target, compound.Value, scope)), scope);
                    break;
                case IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation deconstruction }:
                    Deconstruct(deconstruction, scope);
                    break;
                case IEmptyOperation or ILocalFunctionOperation:
                    break;
                case IConditionalOperation:
                    throw _tape.Refuse(statement.Syntax, "a cell has no branches, because all rows of a batch take the same steps; blend instead: g * a + (1f - g) * b, with a gate g from 0 to 1");
                case ILoopOperation:
                    throw _tape.Refuse(statement.Syntax, "a cell has no loops; write the repetitions out, or move what they share to a static method");
                default:
                    throw _tape.Refuse(statement.Syntax, "a cell's body is a list of assignments to locals and a return");
            }
        }

        return null;
    }

    private void Declare(IVariableDeclaratorOperation declarator, CellScope scope)
    {
        // A constant is read where it is used.
        if (declarator.Symbol.IsConst)
            return;
        if ((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value is not { } value)
            return;
        scope.Set(declarator.Symbol, Bind(value, scope));
    }

    private void Assign(IOperation target, CellBinding value, CellScope scope)
    {
        ISymbol? symbol = target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IDiscardOperation => null,
            _ => throw _tape.Refuse(target.Syntax, "a cell has no fields or properties: what it remembers are its states, which the method returns"),
        };
        if (symbol is not null)
            scope.Set(symbol, value);
    }

    private void Deconstruct(IDeconstructionAssignmentOperation deconstruction, CellScope scope)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        if (target is not ITupleOperation tuple)
            throw _tape.Refuse(deconstruction.Syntax, "only a tuple can be taken apart");
        IReadOnlyList<int> values = ReadResults(deconstruction.Value, scope);
        for (int i = 0; i < tuple.Elements.Length; i++)
            Assign(tuple.Elements[i] is IDeclarationExpressionOperation element ? element.Expression : tuple.Elements[i], CellBinding.Of(values[i]), scope);
    }

    private IReadOnlyList<int> ReadResults(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        if (_depth == 0)
            ReturnLocation = operation.Syntax.GetLocation();
        return operation switch
        {
            ITupleOperation tuple => tuple.Elements.Select(e => _expressions.Value(e, scope)).ToList(),
            IInvocationOperation { Type.IsTupleType: true } call when IsHelper(call) => Inline(call, scope),
            _ => new[] { _expressions.Value(operation, scope) },
        };
    }

    /// <summary>What a local or parameter stands for: an expression, or a constant that names or measures weights.</summary>
    private CellBinding Bind(IOperation operation, CellScope scope) =>
        CellTypesOfRuntime.IsVec(operation.Type) || CellTypesOfRuntime.IsWeights(operation.Type) || scope.Constant(operation) is not { } constant
            ? CellTypesOfRuntime.IsWeights(operation.Type) ? CellBinding.Weights : CellBinding.Of(_expressions.Value(operation, scope))
            : CellBinding.OfConstant(constant);

    /// <summary>Whether a call is of a static method of the class, which is read in place.</summary>
    public bool IsHelper(IInvocationOperation call) =>
        call.TargetMethod.IsStatic && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _type);

    /// <summary>What a static method of the class returns for these arguments.</summary>
    public IReadOnlyList<int> Inline(IInvocationOperation call, CellScope scope)
    {
        if (call.TargetMethod.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not MethodDeclarationSyntax syntax)
            throw _tape.Refuse(call.Syntax, "the method has no body here");
        if (_depth == MaximumDepth)
            throw _tape.Refuse(call.Syntax, "static methods of a cell are read in place, so they cannot call themselves");

        var inner = new CellScope();
        foreach (IArgumentOperation argument in call.Arguments)
            inner.Set(argument.Parameter!, Bind(argument.Value, scope));
        _depth++;
        IReadOnlyList<int> results = ReadBody(syntax, inner);
        _depth--;
        return results;
    }
}
