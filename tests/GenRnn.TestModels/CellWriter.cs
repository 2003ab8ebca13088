using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>
/// Writes a cell in C#, one expression a line, each called by its number. The text of every expression is kept, so that
/// <see cref="DeclarationText"/> gives the source again.
/// </summary>
/// <param name="name">The cell's class.</param>
/// <param name="states">Names and widths of the states.</param>
public sealed class CellWriter(string name, params (string Name, int Width)[] states)
{
    private readonly List<CellExpression> _expressions =
    [
        new(CellOperation.Input, default, "x"),
        .. states.Select((s, i) => new CellExpression(CellOperation.State, default, s.Name) { Offset = i }),
    ];

    /// <summary>The cell's class.</summary>
    public string Name => name;

    /// <summary>The input.</summary>
    public int Input => 0;

    /// <summary>A state before the step.</summary>
    public int State(int index) => 1 + index;

    /// <summary><c>w.Linear("gate", width, a, b)</c>.</summary>
    public int Linear(string weights, int width, params int[] operands) => Add(
        new CellExpression(CellOperation.Linear, operands.ToEquatableArray(), $"w.Linear(\"{weights}\", {Text(width)}, {string.Join(", ", operands.Select(Operand))})") { Name = weights, Width = width });

    /// <summary><c>Vec.Tanh(a)</c>.</summary>
    public int Function(string function, int operand) => Add(
        new CellExpression(CellOperation.Function, new EquatableArray<int>([operand]), $"Vec.{function}({Operand(operand)})") { Name = function });

    public int Sum(int left, int right) => Binary(CellOperation.Add, "+", left, right);

    public int Product(int left, int right) => Binary(CellOperation.Multiply, "*", left, right);

    public int Difference(int left, int right) => Binary(CellOperation.Subtract, "-", left, right);

    public int Quotient(int left, int right) => Binary(CellOperation.Divide, "/", left, right);

    public int Negation(int operand) => Add(new CellExpression(CellOperation.Negate, new EquatableArray<int>([operand]), "-" + Operand(operand)));

    public int Number(float number) => Add(
        new CellExpression(CellOperation.Number, default, number.ToString("R", CultureInfo.InvariantCulture) + "f") { Number = number });

    /// <summary>1 - a.</summary>
    public int Rest(int operand) => Difference(Number(1), operand);

    /// <summary><c>w.Vector("gain", width)</c>.</summary>
    public int Vector(string weights, int width) => Add(
        new CellExpression(CellOperation.Weights, default, $"w.Vector(\"{weights}\", {Text(width)})") { Name = weights, Width = width, Initializer = "Ones" });

    /// <summary><c>w.LayerNorm("norm", a)</c>.</summary>
    public int LayerNorm(string weights, int operand) => Add(
        new CellExpression(CellOperation.LayerNorm, new EquatableArray<int>([operand]), $"w.LayerNorm(\"{weights}\", {Operand(operand)})") { Name = weights });

    /// <summary><c>Vec.Concat(a, b)</c>.</summary>
    public int Concat(params int[] operands) => Add(
        new CellExpression(CellOperation.Concat, operands.ToEquatableArray(), $"Vec.Concat({string.Join(", ", operands.Select(Operand))})"));

    /// <summary>Neighbouring values.</summary>
    public int Slice(int operand, int start, int width) => Add(
        new CellExpression(CellOperation.Slice, new EquatableArray<int>([operand]), $"{Operand(operand)}.Slice({Text(start)}, {Text(width)})") { Offset = start, End = start + width });

    /// <summary>The cell, as a model sees it.</summary>
    /// <param name="metadataName">Its full name.</param>
    /// <param name="output">Its output.</param>
    /// <param name="next">Its states after the step.</param>
    public CellSpec Build(string metadataName, int output, params int[] next) => new(name, metadataName, default, "")
    {
        Body = new CellBody(states.Select(s => s.Name).ToEquatableArray(), states.Select(s => s.Width).ToEquatableArray(), _expressions.ToEquatableArray(), next.ToEquatableArray(), output),
    };

    /// <summary>The class's source.</summary>
    public static string Source(CellSpec cell)
    {
        CellBody body = cell.Body!;
        string Value(int index) => Operand(body.Expressions, index);
        List<int> results = body.Next.ToList();
        if (body.Output != results[0])
            results.Insert(0, body.Output);
        IEnumerable<string> lines = body.Expressions
            .Select((e, i) => (e, i))
            .Where(p => p.e.Operation is not (CellOperation.Input or CellOperation.State or CellOperation.Number))
            .Select(p => $"            Vec {Value(p.i)} = {p.e.Text};\n");
        string returned = results.Count == 1 ? Value(results[0]) : "(" + string.Join(", ", results.Select(Value)) + ")";
        string type = results.Count == 1 ? "Vec" : "(" + string.Join(", ", results.Select(_ => "Vec")) + ")";
        return $"    [Cell({string.Join(", ", body.StateWidths.Select(Text))})]\n    public static class {cell.Name}\n    {{\n        public static {type} Step(CellWeights w, Vec x, "
            + string.Join(", ", body.StateNames.Select(s => "Vec " + s)) + ")\n        {\n" + string.Concat(lines) + $"            return {returned};\n        }}\n    }}\n";
    }

    private int Binary(CellOperation operation, string sign, int left, int right) => Add(
        new CellExpression(operation, new EquatableArray<int>([left, right]), $"{Operand(left)} {sign} {Operand(right)}"));

    private string Operand(int index) => Operand(_expressions, index);

    private static string Operand(IReadOnlyList<CellExpression> expressions, int index) =>
        expressions[index].Operation is CellOperation.Input or CellOperation.State or CellOperation.Number ? expressions[index].Text : "v" + Text(index);

    private int Add(CellExpression expression)
    {
        _expressions.Add(expression);
        return _expressions.Count - 1;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
