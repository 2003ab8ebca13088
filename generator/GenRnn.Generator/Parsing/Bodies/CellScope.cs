using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>What the locals and parameters of a cell's method stand for: see <see cref="CellBinding"/>.</summary>
internal sealed class CellScope
{
    private readonly Dictionary<ISymbol, CellBinding> _bindings = new(SymbolEqualityComparer.Default);

    public void Set(ISymbol symbol, CellBinding value) => _bindings[symbol] = value;

    /// <summary>The expression that a symbol stands for; null if it stands for none.</summary>
    public int? Find(ISymbol symbol) => _bindings.TryGetValue(symbol, out CellBinding binding) ? binding.Expression : null;

    /// <summary>A constant of C#, or one that a static method was given; null if it is neither.</summary>
    public object? Constant(IOperation operation)
    {
        operation = Unwrap(operation);
        if (operation.ConstantValue.HasValue)
            return operation.ConstantValue.Value;
        if (operation is IBinaryOperation binary)
            return Combine(binary.OperatorKind, Constant(binary.LeftOperand), Constant(binary.RightOperand));
        ISymbol? symbol = operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IConversionOperation conversion when Unwrap(conversion.Operand) is IParameterReferenceOperation parameter => parameter.Parameter,
            IConversionOperation conversion when Unwrap(conversion.Operand) is ILocalReferenceOperation local => local.Local,
            _ => null,
        };
        return symbol is not null && _bindings.TryGetValue(symbol, out CellBinding binding) ? binding.Constant : null;
    }

    /// <summary>A name or width that is made of the constants that a static method was given.</summary>
    private static object? Combine(BinaryOperatorKind kind, object? left, object? right) => (kind, left, right) switch
    {
        (BinaryOperatorKind.Add, string a, string b) => a + b,
        (BinaryOperatorKind.Add, int a, int b) => a + b,
        (BinaryOperatorKind.Subtract, int a, int b) => a - b,
        (BinaryOperatorKind.Multiply, int a, int b) => a * b,
        _ => null,
    };

    /// <summary>What parentheses and conversions without effect enclose.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IConversionOperation { IsImplicit: true } conversion when conversion.Conversion.IsIdentity || conversion.Operand is ITupleOperation:
                    operation = conversion.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }
}
