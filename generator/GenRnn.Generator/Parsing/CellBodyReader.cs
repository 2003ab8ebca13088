using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Generator.Parsing;

/// <summary>
/// Reads a cell's body as a straight line of expressions: operators and functions of Vec, weights of CellWeights, locals, and other static methods of the class,
/// which are read in place. Anything else is a finding on that expression.
/// </summary>
internal sealed class CellBodyReader(INamedTypeSymbol type, Compilation compilation, FindingSink findings, CancellationToken cancellationToken)
{
    private const int MaximumDepth = 16;
    private const int MaximumText = 60;

    private static readonly string[] s_functions = { "Sigmoid", "Tanh", "Relu", "Exp", "Log", "Sqrt", "Abs", "Softplus" };

    private readonly List<CellExpression> _expressions = new();
    private readonly List<Location> _locations = new();
    private readonly HashSet<string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private int _depth;

    /// <summary>What was read, in the order of evaluation.</summary>
    public IReadOnlyList<CellExpression> Expressions => _expressions;

    /// <summary>Where each expression stands.</summary>
    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>Where the step's results stand.</summary>
    public Location? ReturnLocation { get; private set; }

    /// <summary>The results, by expression; null if something was not understood.</summary>
    public IReadOnlyList<int>? Read(IMethodSymbol step, MethodDeclarationSyntax syntax)
    {
        var scope = new CellScope();
        for (int i = 1; i < step.Parameters.Length; i++)
        {
            var leaf = new CellExpression(i == 1 ? CellOperation.Input : CellOperation.State, default, step.Parameters[i].Name) { Offset = Math.Max(0, i - 2) };
            scope.Values[step.Parameters[i]] = Add(leaf, syntax.ParameterList.Parameters[i]);
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
        SemanticModel model = compilation.GetSemanticModel(syntax.SyntaxTree);
        if (model.GetOperation(syntax, cancellationToken) is not IMethodBodyOperation method || (method.BlockBody ?? method.ExpressionBody) is not { } block)
            throw Refuse(syntax, "the method has no body");
        return ReadBlock(block, scope) ?? throw Refuse(syntax, "the method does not return");
    }

    private IReadOnlyList<int>? ReadBlock(IBlockOperation block, CellScope scope)
    {
        foreach (IOperation statement in block.Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
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
                    Assign(compound.Target, Binary(compound, compound.OperatorKind, compound.Target, compound.Value, scope), scope);
                    break;
                case IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation deconstruction }:
                    Deconstruct(deconstruction, scope);
                    break;
                case IEmptyOperation or ILocalFunctionOperation:
                    break;
                case IConditionalOperation:
                    throw Refuse(statement.Syntax, "a cell has no branches, because all rows of a batch take the same steps; blend instead: g * a + (1f - g) * b, with a gate g from 0 to 1");
                case ILoopOperation:
                    throw Refuse(statement.Syntax, "a cell has no loops; write the repetitions out, or move what they share to a static method");
                default:
                    throw Refuse(statement.Syntax, "a cell's body is a list of assignments to locals and a return");
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

    private void Assign(IOperation target, object value, CellScope scope)
    {
        ISymbol? symbol = target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IDiscardOperation => null,
            _ => throw Refuse(target.Syntax, "a cell has no fields or properties: what it remembers are its states, which the method returns"),
        };
        if (symbol is not null)
            scope.Set(symbol, value);
    }

    private void Deconstruct(IDeconstructionAssignmentOperation deconstruction, CellScope scope)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        if (target is not ITupleOperation tuple)
            throw Refuse(deconstruction.Syntax, "only a tuple can be taken apart");
        IReadOnlyList<int> values = ReadResults(deconstruction.Value, scope);
        for (int i = 0; i < tuple.Elements.Length; i++)
            Assign(tuple.Elements[i] is IDeclarationExpressionOperation element ? element.Expression : tuple.Elements[i], values[i], scope);
    }

    private IReadOnlyList<int> ReadResults(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        if (_depth == 0)
            ReturnLocation = operation.Syntax.GetLocation();
        return operation switch
        {
            ITupleOperation tuple => tuple.Elements.Select(e => Value(e, scope)).ToList(),
            IInvocationOperation { Type.IsTupleType: true } call when IsHelper(call) => Inline(call, scope),
            _ => new[] { Value(operation, scope) },
        };
    }

    /// <summary>What a local or parameter stands for: an expression, or a constant that names or measures weights.</summary>
    private object Bind(IOperation operation, CellScope scope) =>
        CellTypesOfRuntime.IsVec(operation.Type) || CellTypesOfRuntime.IsWeights(operation.Type) || scope.Constant(operation) is not { } constant
            ? CellTypesOfRuntime.IsWeights(operation.Type) ? "" : Value(operation, scope)
            : new CellScope.Known(constant);

    private int Value(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        RefuseDouble(operation);
        if (scope.Constant(operation) is { } constant)
        {
            return constant is float or double or int or long
                ? Add(new CellExpression(CellOperation.Number, default, Text(operation.Syntax)) { Number = Convert.ToSingle(constant, CultureInfo.InvariantCulture) }, operation.Syntax)
                : throw Refuse(operation.Syntax, "a cell computes with Vec and numbers");
        }

        switch (operation)
        {
            case IConversionOperation conversion when CellTypesOfRuntime.IsVec(conversion.Type):
                return Value(conversion.Operand, scope);
            case IParameterReferenceOperation parameter when scope.Values.TryGetValue(parameter.Parameter, out object? argument) && argument is int index:
                return index;
            case ILocalReferenceOperation local when scope.Values.TryGetValue(local.Local, out object? assigned) && assigned is int index:
                return index;
            case IBinaryOperation binary when CellTypesOfRuntime.IsVec(binary.Type):
                return Binary(binary, binary.OperatorKind, binary.LeftOperand, binary.RightOperand, scope);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } negation when CellTypesOfRuntime.IsVec(negation.Type):
                return Add(CellOperation.Negate, operation, Value(negation.Operand, scope));
            case IPropertyReferenceOperation { Arguments.Length: 1 } property when CellTypesOfRuntime.IsVec(property.Type):
                return Range(property, scope);
            case IInvocationOperation call:
                return Call(call, scope);
            case var _ when IsWrong(operation):
                // C# says what is wrong.
                throw new NotUnderstoodException();
            case IConditionalOperation:
                throw Refuse(operation.Syntax, "a cell has no branches, because all rows of a batch take the same steps; blend instead: g * a + (1f - g) * b, with a gate g from 0 to 1");
            default:
                throw Refuse(operation.Syntax, "a cell's body knows operators and functions of Vec, slices, numbers, w.Linear, w.LayerNorm, w.Vector and static methods of its class");
        }
    }

    /// <summary>0.5 is a double, and a Vec is made of floats: C# says that the types do not fit, but not what to write.</summary>
    private void RefuseDouble(IOperation operation)
    {
        IOperation? number = IsWrong(operation)
            ? operation.Descendants().FirstOrDefault(o => IsDouble(o) && IsWrong(o.Parent))
            : IsDouble(operation) ? operation
            : operation is IConversionOperation { IsImplicit: true } conversion && IsDouble(conversion.Operand) ? conversion.Operand : null;
        if (number is null)
            return;
        string meant = number is ILiteralOperation ? number.Syntax.ToString().TrimEnd('d', 'D') + "f" : "(float)" + (number.Syntax is IdentifierNameSyntax or MemberAccessExpressionSyntax ? number.Syntax.ToString() : "(" + number.Syntax + ")");
        throw Report(Rules.UnsupportedInCell, number.Syntax, "'" + Text(number.Syntax) + "' is a double, and a cell computes with float: write " + meant, meant);
    }

    /// <summary>Whether C# refuses it.</summary>
    private static bool IsWrong(IOperation? operation) => operation is IInvalidOperation or IBinaryOperation { Type: null or { TypeKind: TypeKind.Error } };

    private static bool IsDouble(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Double;

    private int Binary(IOperation operation, BinaryOperatorKind kind, IOperation left, IOperation right, CellScope scope)
    {
        CellOperation known = kind switch
        {
            BinaryOperatorKind.Add => CellOperation.Add,
            BinaryOperatorKind.Subtract => CellOperation.Subtract,
            BinaryOperatorKind.Multiply => CellOperation.Multiply,
            BinaryOperatorKind.Divide => CellOperation.Divide,
            _ => throw Refuse(operation.Syntax, "a Vec has the operators +, -, * and /"),
        };
        int a = Value(left, scope);
        return Add(known, operation, a, Value(right, scope));
    }

    private int Range(IPropertyReferenceOperation property, CellScope scope)
    {
        int vector = Value(property.Instance!, scope);
        if (CellScope.Unwrap(property.Arguments[0].Value) is not IRangeOperation range)
            throw Refuse(property.Syntax, "a slice is written with constants, v[0..8] or v.Slice(0, 8)");
        return Add(new CellExpression(CellOperation.Slice, new EquatableArray<int>(new[] { vector }), Text(property.Syntax))
        {
            Offset = range.LeftOperand is null ? 0 : Bound(range.LeftOperand, scope),
            // ^0, the complement of no distance.
            End = range.RightOperand is null ? ~0 : Bound(range.RightOperand, scope),
        }, property.Syntax);
    }

    private int Bound(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        if (operation is IConversionOperation conversion)
            operation = CellScope.Unwrap(conversion.Operand);
        return operation is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat ? ~Integer(hat.Operand, scope) : Integer(operation, scope);
    }

    private int Call(IInvocationOperation call, CellScope scope)
    {
        string name = call.TargetMethod.Name;
        if (IsHelper(call))
        {
            IReadOnlyList<int> results = Inline(call, scope);
            return results.Count == 1 ? results[0] : throw Refuse(call.Syntax, "take the tuple apart: (Vec a, Vec b) = " + name + "(...)");
        }

        if (CellTypesOfRuntime.IsWeights(call.TargetMethod.ContainingType))
            return Weights(call, name, scope);
        if (!CellTypesOfRuntime.IsVec(call.TargetMethod.ContainingType))
            throw Refuse(call.Syntax, "a cell calls Vec, CellWeights and static methods of its own class; their source is read");
        if (name == "Slice")
        {
            int start = Integer(Argument(call, "start"), scope);
            return Add(new CellExpression(CellOperation.Slice, new EquatableArray<int>(new[] { Value(call.Instance!, scope) }), Text(call.Syntax))
            {
                Offset = start,
                End = start + Integer(Argument(call, "width"), scope),
            }, call.Syntax);
        }

        if (name == "Concat")
            return Add(CellOperation.Concat, call, Vectors(Argument(call, "parts"), scope).ToArray());
        if (!s_functions.Contains(name))
            throw Refuse(call.Syntax, "in a cell Vec has the functions " + string.Join(", ", s_functions) + ", Concat and Slice");
        return Add(
            new CellExpression(CellOperation.Function, new EquatableArray<int>(new[] { Value(call.Arguments[0].Value, scope) }), Text(call.Syntax)) { Name = name }, call.Syntax);
    }

    private int Weights(IInvocationOperation call, string method, CellScope scope)
    {
        IOperation nameArgument = Argument(call, "name");
        string name = scope.Constant(nameArgument) as string ?? throw Refuse(nameArgument.Syntax, "the name of weights is a constant");
        if (!Regex.IsMatch(name, @"\A[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant))
            throw Report(Rules.WeightName, nameArgument.Syntax, "'" + name + "' cannot name weights: letters and digits of ASCII with single underscores between them, a letter first, because members and keys of files are called after it");

        CellExpression expression;
        switch (method)
        {
            case "Linear":
                int width = Width(call, scope);
                List<int> operands = Vectors(Argument(call, "operands"), scope);
                if (operands.Count == 0)
                    throw Refuse(call.Syntax, "a product needs an operand");
                Reserve(name, nameArgument.Syntax, "_kernel", "_recurrent_kernel", "_bias");
                expression = new CellExpression(CellOperation.Linear, operands.ToEquatableArray(), Text(call.Syntax)) { Name = name, Width = width };
                break;
            case "LayerNorm":
                int vector = Value(Argument(call, "x"), scope);
                Reserve(name, nameArgument.Syntax, "_gamma", "_beta");
                expression = new CellExpression(CellOperation.LayerNorm, new EquatableArray<int>(new[] { vector }), Text(call.Syntax)) { Name = name };
                break;
            case "Vector":
                Reserve(name, nameArgument.Syntax, "");
                expression = new CellExpression(CellOperation.Weights, default, Text(call.Syntax)) { Name = name, Width = Width(call, scope), Initializer = Initializer(call, scope) };
                break;
            default:
                throw Refuse(call.Syntax, "in a cell CellWeights has Linear, LayerNorm and Vector");
        }

        return Add(expression, call.Syntax);
    }

    private int Width(IInvocationOperation call, CellScope scope)
    {
        IOperation argument = Argument(call, "width");
        int width = Integer(argument, scope);
        return width > 0 ? width : throw Refuse(argument.Syntax, "a width is at least 1");
    }

    private string Initializer(IInvocationOperation call, CellScope scope)
    {
        IOperation argument = Argument(call, "initializer");
        object? constant = scope.Constant(argument);
        return argument.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType
            && enumType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant)) is { } member
            ? member.Name
            : throw Refuse(argument.Syntax, "the initializer of weights is a constant");
    }

    // Views are called after variables, without underscores.
    private void Reserve(string name, SyntaxNode syntax, params string[] suffixes)
    {
        foreach (string suffix in suffixes)
        {
            if (!_variables.Add((name + suffix).Replace("_", "")))
                throw Report(Rules.WeightName, syntax, "'" + name + "' names weights already; each call has weights, and so a name, of its own");
        }
    }

    private List<int> Vectors(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        return operation is IArrayCreationOperation { Initializer: { } initializer }
            ? initializer.ElementValues.Select(e => Value(e, scope)).ToList()
            : throw Refuse(operation.Syntax, "write the vectors one by one");
    }

    private bool IsHelper(IInvocationOperation call) =>
        call.TargetMethod.IsStatic && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, type);

    private IReadOnlyList<int> Inline(IInvocationOperation call, CellScope scope)
    {
        if (call.TargetMethod.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax syntax)
            throw Refuse(call.Syntax, "the method has no body here");
        if (_depth == MaximumDepth)
            throw Refuse(call.Syntax, "static methods of a cell are read in place, so they cannot call themselves");

        var inner = new CellScope();
        foreach (IArgumentOperation argument in call.Arguments)
            inner.Set(argument.Parameter!, Bind(argument.Value, scope));
        _depth++;
        IReadOnlyList<int> results = ReadBody(syntax, inner);
        _depth--;
        return results;
    }

    private static IOperation Argument(IInvocationOperation call, string parameter) => call.Arguments.First(a => a.Parameter?.Name == parameter).Value;

    private int Integer(IOperation operation, CellScope scope) => scope.Constant(operation) is int number
        ? number
        : throw Refuse(operation.Syntax, "widths and bounds are constants, because every buffer has its place at compile time");

    private int Add(CellOperation operation, IOperation source, params int[] operands) =>
        Add(new CellExpression(operation, new EquatableArray<int>(operands), Text(source.Syntax)), source.Syntax);

    private int Add(CellExpression expression, SyntaxNode syntax)
    {
        _expressions.Add(expression);
        _locations.Add(syntax.GetLocation());
        return _expressions.Count - 1;
    }

    private static string Text(SyntaxNode syntax)
    {
        string text = Regex.Replace(syntax.ToString(), @"\s+", " ");
        return text.Length <= MaximumText ? text : text.Substring(0, MaximumText - 3) + "...";
    }

    private NotUnderstoodException Refuse(SyntaxNode syntax, string remedy) => Report(Rules.UnsupportedInCell, syntax, "'" + Text(syntax) + "' cannot be compiled: " + remedy);

    private NotUnderstoodException Report(Rule rule, SyntaxNode syntax, string message, string suggestion = "")
    {
        findings.Suggest(suggestion, rule, new Place(0), syntax.GetLocation(), message);
        return new NotUnderstoodException();
    }

    /// <summary>Ends the reading; what to say was said.</summary>
    private sealed class NotUnderstoodException : Exception
    {
    }
}
