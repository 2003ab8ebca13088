using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>Reads expressions of a cell's body: operators and functions of Vec, slices, numbers, weights. Anything else is a finding on that expression.</summary>
internal sealed class ExpressionReader
{
    private static readonly string[] s_functions = { "Sigmoid", "Tanh", "Relu", "Exp", "Log", "Sqrt", "Abs", "Softplus" };

    private readonly BodyTape _tape;
    private readonly StatementReader _methods;
    private readonly WeightsReader _weights;

    /// <param name="tape">Where what is read goes.</param>
    /// <param name="methods">Reads the static methods that are called.</param>
    public ExpressionReader(BodyTape tape, StatementReader methods)
    {
        _tape = tape;
        _methods = methods;
        _weights = new WeightsReader(tape, this);
    }

    /// <summary>The index of what an expression computes.</summary>
    public int Value(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        RefuseDouble(operation);
        if (scope.Constant(operation) is { } constant)
        {
            return constant is float or double or int or long
                ? _tape.Add(new CellExpression(CellOperation.Number, default, BodyTape.Text(operation.Syntax)) { Number = Convert.ToSingle(constant, CultureInfo.InvariantCulture) }, operation.Syntax)
                : throw _tape.Refuse(operation.Syntax, "a cell computes with Vec and numbers");
        }

        switch (operation)
        {
            case IConversionOperation conversion when CellTypesOfRuntime.IsVec(conversion.Type):
                return Value(conversion.Operand, scope);
            case IParameterReferenceOperation parameter when scope.Find(parameter.Parameter) is { } index:
                return index;
            case ILocalReferenceOperation local when scope.Find(local.Local) is { } index:
                return index;
            case IBinaryOperation binary when CellTypesOfRuntime.IsVec(binary.Type):
                return Binary(binary, binary.OperatorKind, binary.LeftOperand, binary.RightOperand, scope);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } negation when CellTypesOfRuntime.IsVec(negation.Type):
                return _tape.Add(CellOperation.Negate, operation, Value(negation.Operand, scope));
            case IPropertyReferenceOperation { Arguments.Length: 1 } property when CellTypesOfRuntime.IsVec(property.Type):
                return Range(property, scope);
            case IInvocationOperation call:
                return Call(call, scope);
            case var _ when IsWrong(operation):
                // C# says what is wrong.
                throw new NotUnderstoodException();
            case IConditionalOperation:
                throw _tape.Refuse(operation.Syntax, "a cell has no branches, because all rows of a batch take the same steps; blend instead: g * a + (1f - g) * b, with a gate g from 0 to 1");
            default:
                throw _tape.Refuse(operation.Syntax, "a cell's body knows operators and functions of Vec, slices, numbers, w.Linear, w.LayerNorm, w.Vector and static methods of its class");
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
        throw _tape.Report(Rules.UnsupportedInCell, number.Syntax, "'" + BodyTape.Text(number.Syntax) + "' is a double, and a cell computes with float: write " + meant, meant);
    }

    /// <summary>Whether C# refuses it.</summary>
    private static bool IsWrong(IOperation? operation) => operation is IInvalidOperation or IBinaryOperation { Type: null or { TypeKind: TypeKind.Error } };

    private static bool IsDouble(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Double;

    public int Binary(IOperation operation, BinaryOperatorKind kind, IOperation left, IOperation right, CellScope scope)
    {
        CellOperation known = kind switch
        {
            BinaryOperatorKind.Add => CellOperation.Add,
            BinaryOperatorKind.Subtract => CellOperation.Subtract,
            BinaryOperatorKind.Multiply => CellOperation.Multiply,
            BinaryOperatorKind.Divide => CellOperation.Divide,
            _ => throw _tape.Refuse(operation.Syntax, "a Vec has the operators +, -, * and /"),
        };
        int a = Value(left, scope);
        return _tape.Add(known, operation, a, Value(right, scope));
    }

    private int Range(IPropertyReferenceOperation property, CellScope scope)
    {
        int vector = Value(property.Instance!, scope);
        if (CellScope.Unwrap(property.Arguments[0].Value) is not IRangeOperation range)
            throw _tape.Refuse(property.Syntax, "a slice is written with constants, v[0..8] or v.Slice(0, 8)");
        return _tape.Add(new CellExpression(CellOperation.Slice, new EquatableArray<int>(new[] { vector }), BodyTape.Text(property.Syntax))
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
        if (_methods.IsHelper(call))
        {
            IReadOnlyList<int> results = _methods.Inline(call, scope);
            return results.Count == 1 ? results[0] : throw _tape.Refuse(call.Syntax, "take the tuple apart: (Vec a, Vec b) = " + name + "(...)");
        }

        if (CellTypesOfRuntime.IsWeights(call.TargetMethod.ContainingType))
            return _weights.Read(call, scope);
        if (!CellTypesOfRuntime.IsVec(call.TargetMethod.ContainingType))
            throw _tape.Refuse(call.Syntax, "a cell calls Vec, CellWeights and static methods of its own class; their source is read");
        if (name == "Slice")
        {
            int start = Integer(Argument(call, "start"), scope);
            return _tape.Add(new CellExpression(CellOperation.Slice, new EquatableArray<int>(new[] { Value(call.Instance!, scope) }), BodyTape.Text(call.Syntax))
            {
                Offset = start,
                End = start + Integer(Argument(call, "width"), scope),
            }, call.Syntax);
        }

        if (name == "Concat")
            return _tape.Add(CellOperation.Concat, call, Vectors(Argument(call, "parts"), scope).ToArray());
        if (!s_functions.Contains(name))
            throw _tape.Refuse(call.Syntax, "in a cell Vec has the functions " + string.Join(", ", s_functions) + ", Concat and Slice");
        return _tape.Add(
            new CellExpression(CellOperation.Function, new EquatableArray<int>(new[] { Value(call.Arguments[0].Value, scope) }), BodyTape.Text(call.Syntax)) { Name = name }, call.Syntax);
    }

    /// <summary>Vectors that are written one by one.</summary>
    public List<int> Vectors(IOperation operation, CellScope scope)
    {
        operation = CellScope.Unwrap(operation);
        return operation is IArrayCreationOperation { Initializer: { } initializer }
            ? initializer.ElementValues.Select(e => Value(e, scope)).ToList()
            : throw _tape.Refuse(operation.Syntax, "write the vectors one by one");
    }

    public static IOperation Argument(IInvocationOperation call, string parameter) => call.Arguments.First(a => a.Parameter?.Name == parameter).Value;

    public int Integer(IOperation operation, CellScope scope) => scope.Constant(operation) is int number
        ? number
        : throw _tape.Refuse(operation.Syntax, "widths and bounds are constants, because every buffer has its place at compile time");
}
