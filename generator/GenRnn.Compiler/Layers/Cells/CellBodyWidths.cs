using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Layers.Cells;

/// <summary>
/// Widths of the expressions of a cell's body. Where a cell is declared nobody knows how wide its input is, so what depends on that is 0 and silent; the
/// model that runs it asks again.
/// </summary>
public static class CellBodyWidths
{
    /// <summary>All widths, up to the first expression that does not fit; then what is wrong with that.</summary>
    /// <param name="body">The cell.</param>
    /// <param name="input">Width of the input; 0 if it is not known.</param>
    public static (IReadOnlyList<int> Widths, string Problem) Infer(CellBody body, int input)
    {
        List<int> widths = new();
        foreach (CellExpression expression in body.Expressions)
        {
            (int width, string problem) = Infer(body, expression, expression.Operands.Select(o => widths[o]).ToList(), input);
            if (problem.Length > 0)
                return (widths, problem);
            widths.Add(width);
        }

        return (widths, "");
    }

    /// <summary>What is wrong with the states after the step; empty if nothing is.</summary>
    public static string CheckStates(CellBody body, IReadOnlyList<int> widths)
    {
        for (int i = 0; i < body.Next.Count; i++)
        {
            int width = widths[body.Next[i]];
            if (width != 0 && width != body.StateWidths[i])
            {
                return Format("the new '{0}', {1}, has {2} values but [Cell] says {3}", body.StateNames[i], body.Expressions[body.Next[i]].Text, width, body.StateWidths[i]);
            }
        }

        return "";
    }

    private static (int Width, string Problem) Infer(CellBody body, CellExpression expression, IReadOnlyList<int> operands, int input)
    {
        switch (expression.Operation)
        {
            case CellOperation.Input: return (input, "");
            case CellOperation.State: return (body.StateWidths[expression.Offset], "");
            case CellOperation.Number: return (1, "");
            case CellOperation.Linear or CellOperation.Weights: return (expression.Width, "");
            case CellOperation.Concat: return (operands.Any(w => w == 0) ? 0 : Shape.Sum(operands), "");
            case CellOperation.Slice: return Slice(expression, operands[0]);
            case CellOperation.Add or CellOperation.Subtract or CellOperation.Multiply or CellOperation.Divide:
                return Lanes(body, expression, operands);
            default: return (operands[0], "");
        }
    }

    private static (int Width, string Problem) Lanes(CellBody body, CellExpression expression, IReadOnlyList<int> operands)
    {
        (int a, int b) = (operands[0], operands[1]);
        // One value stands for every lane; a number is one whatever the other is.
        if (a == 0 || b == 0)
            return (a > 1 ? a : b > 1 ? b : 0, "");
        return a == b || a == 1 || b == 1
            ? (Math.Max(a, b), "")
            : (0, Format("'{0}' has operands of {1} and {2} values: {3} and {4}; they must have equally many, or one of them one",
                expression.Text, a, b, body.Expressions[expression.Operands[0]].Text, body.Expressions[expression.Operands[1]].Text));
    }

    private static (int Width, string Problem) Slice(CellExpression expression, int width)
    {
        bool needsWidth = expression.Offset < 0 || expression.End < 0;
        if (needsWidth && width == 0)
            return (0, "");
        (int start, int end) = Bounds(expression, width);
        if (end <= start)
            return (0, Format("'{0}' takes no values: it begins at {1} and ends in front of {2}", expression.Text, start, end));
        return start >= 0 && (width == 0 || end <= width)
            ? (end - start, "")
            : (0, Format("'{0}' takes the values {1} to {2} of {3}, which are 0 to {4}", expression.Text, start, end - 1, width, width - 1));
    }

    /// <summary>First and one behind the last lane of a slice.</summary>
    public static (int Start, int End) Bounds(CellExpression expression, int width) => (
        expression.Offset < 0 ? width - ~expression.Offset : expression.Offset,
        expression.End < 0 ? width - ~expression.End : expression.End);

    private static string Format(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);
}
