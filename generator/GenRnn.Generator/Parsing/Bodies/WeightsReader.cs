using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GenRnn.Generator.Parsing.Bodies;

/// <summary>Reads calls of CellWeights: products, layer normalizations and vectors, with names and widths that are constants.</summary>
internal sealed class WeightsReader(BodyTape tape, ExpressionReader expressions)
{
    private readonly HashSet<string> _variables = new(StringComparer.OrdinalIgnoreCase);

    public int Read(IInvocationOperation call, CellScope scope)
    {
        IOperation nameArgument = ExpressionReader.Argument(call, "name");
        string name = scope.Constant(nameArgument) as string ?? throw tape.Refuse(nameArgument.Syntax, "the name of weights is a constant");
        if (!Regex.IsMatch(name, @"\A[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant))
            throw tape.Report(Rules.WeightName, nameArgument.Syntax, "'" + name + "' cannot name weights: letters and digits of ASCII with single underscores between them, a letter first, because members and keys of files are called after it");

        CellExpression expression;
        switch (call.TargetMethod.Name)
        {
            case "Linear":
                int width = Width(call, scope);
                List<int> operands = expressions.Vectors(ExpressionReader.Argument(call, "operands"), scope);
                if (operands.Count == 0)
                    throw tape.Refuse(call.Syntax, "a product needs an operand");
                Reserve(name, nameArgument.Syntax, "_kernel", "_recurrent_kernel", "_bias");
                expression = new CellExpression(CellOperation.Linear, operands.ToEquatableArray(), BodyTape.Text(call.Syntax)) { Name = name, Width = width };
                break;
            case "LayerNorm":
                int vector = expressions.Value(ExpressionReader.Argument(call, "x"), scope);
                Reserve(name, nameArgument.Syntax, "_gamma", "_beta");
                expression = new CellExpression(CellOperation.LayerNorm, new EquatableArray<int>(new[] { vector }), BodyTape.Text(call.Syntax)) { Name = name };
                break;
            case "Vector":
                Reserve(name, nameArgument.Syntax, "");
                expression = new CellExpression(CellOperation.Weights, default, BodyTape.Text(call.Syntax)) { Name = name, Width = Width(call, scope), Initializer = Initializer(call, scope) };
                break;
            default:
                throw tape.Refuse(call.Syntax, "in a cell CellWeights has Linear, LayerNorm and Vector");
        }

        return tape.Add(expression, call.Syntax);
    }

    private int Width(IInvocationOperation call, CellScope scope)
    {
        IOperation argument = ExpressionReader.Argument(call, "width");
        int width = expressions.Integer(argument, scope);
        return width > 0 ? width : throw tape.Refuse(argument.Syntax, "a width is at least 1");
    }

    private string Initializer(IInvocationOperation call, CellScope scope)
    {
        IOperation argument = ExpressionReader.Argument(call, "initializer");
        object? constant = scope.Constant(argument);
        return argument.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType
            && enumType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant)) is { } member
            ? member.Name
            : throw tape.Refuse(argument.Syntax, "the initializer of weights is a constant");
    }

    // Views are called after variables, without underscores.
    private void Reserve(string name, SyntaxNode syntax, params string[] suffixes)
    {
        foreach (string suffix in suffixes)
        {
            if (!_variables.Add((name + suffix).Replace("_", "")))
                throw tape.Report(Rules.WeightName, syntax, "'" + name + "' names weights already; each call has weights, and so a name, of its own");
        }
    }
}
