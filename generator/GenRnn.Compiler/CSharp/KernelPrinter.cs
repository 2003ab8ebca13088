using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.CSharp;

/// <summary>Prints kernels and drivers as they were scheduled: a statement a line, no decision of its own.</summary>
internal sealed partial class KernelPrinter
{
    private readonly SortedDictionary<string, int> _landmarks = new(StringComparer.Ordinal);
    private CodeWriter _code;
    private readonly ModelNames _names;
    private readonly string _element;
    private readonly Func<double, string> _literal;
    private readonly Dictionary<string, ElementType> _references = new();
    private IReadOnlyDictionary<string, string> _locals = Kernel.NoNames;
    private bool _hasLanes;
    private bool _usesLanes;

    public KernelPrinter(CodeWriter code, ModelNames names)
    {
        _code = code;
        _names = names;
        _element = names.Element;
        _literal = _element == "float" ? Literals.Single : Literals.Double;
    }

    /// <summary>Characters of a line of constants.</summary>
    private const int LineLength = 160;

    private const string Attribute = "[global::System.Runtime.CompilerServices.MethodImpl(", Options = "global::System.Runtime.CompilerServices.MethodImplOptions.";

    /// <summary>What every kernel is.</summary>
    private const string Compiled = "Compiled";

    /// <summary>On the entry of a stream: its first steps are as fast as all others.</summary>
    public const string CompiledAtOnce = Attribute + Options + "AggressiveOptimization)]";

    /// <summary>On what the entry of a stream calls on its way to the kernels.</summary>
    public const string Inlined = Attribute + Options + "AggressiveInlining)]";

    /// <summary>Prints how kernels are compiled: once and fully, since tiered compilation would run the first thousands of calls several times slower; not inlined, since a driver that takes
    /// in a small kernel runs out of the inliner's budget inside it, and calls the activations that the kernel by itself has inlined.</summary>
    public void PrintHowKernelsAreCompiled()
    {
        _code.Line("// Kernels are compiled once and fully, and never taken into what calls them.");
        _code.Line("private const MethodImplOptions " + Compiled + " = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;");
        _code.Line();
    }

    /// <param name="kernel">A kernel, driver or pass.</param>
    /// <param name="isLast">Whether nothing follows in its class.</param>
    public void Print(Kernel kernel, bool isLast = false)
    {
        _locals = kernel.Locals;
        _references.Clear();
        foreach (Reference reference in kernel.References)
            _references.Add(reference.Name, reference.Element);
        if (kernel.Summary.Length > 0)
            _code.Line("// " + kernel.Summary);
        if (kernel.IsLeaf)
            _code.Line("[MethodImpl(" + Compiled + ")]");
        else if (kernel.IsStep)
            _code.Line(Inlined);
        IEnumerable<string> parameters = kernel.References.Select(r => "ref " + NameOf(r.Element) + " " + r.Name).Concat(kernel.Numbers.Select(n => "nint " + n));
        if (kernel.Parameters is { } passed)
            parameters = Enter(passed);
        _code.Open("internal static void " + kernel.Name + "(" + string.Join(", ", parameters) + ")");
        if (kernel.IsLeaf)
            PrintWithLanes(kernel);
        else
            PrintWithLandmarks(kernel.Body);
        _code.Close();
        if (!isLast)
            _code.Line();
    }

    /// <summary>Prints statements behind how many lanes a vector has, if they ask for it.</summary>
    private void PrintWithLanes(Kernel kernel)
    {
        int start = _code.Length;
        _hasLanes = kernel.References.All(r => r.Name != LocalNames.Lanes);
        _usesLanes = false;
        Print(kernel.Body);
        if (_usesLanes)
            _code.LineAt(start, "int " + LocalNames.Lanes + " = Lanes.Count;");
        _hasLanes = false;
    }

    /// <summary>Prints statements behind the names of the places in memory that they know.</summary>
    private void PrintWithLandmarks(IEnumerable<Statement> body)
    {
        CodeWriter code = _code;
        _code = code.Inside();
        _landmarks.Clear();
        Print(body);
        List<string> line = new();
        foreach (string constant in _landmarks.Select(at => at.Key + " = " + CodeWriter.Text(at.Value)))
        {
            if (line.Sum(c => c.Length + 2) + constant.Length > LineLength)
                End();
            line.Add(constant);
        }

        if (line.Count > 0)
            End();
        code.Append(_code);
        _code = code;

        void End()
        {
            code.Line("const int " + string.Join(", ", line) + ";");
            line.Clear();
        }
    }

    /// <summary>An offset by the name of what begins there or a little in front of it.</summary>
    private string Text(int offset, Landmark? landmark)
    {
        if (landmark is null || offset < landmark.Offset)
            return CodeWriter.Text(offset);
        string name = Constant(landmark.Name);
        _landmarks[name] = landmark.Offset;
        return offset == landmark.Offset ? name : name + " + " + CodeWriter.Text(offset - landmark.Offset);
    }

    /// <summary>Prints statements.</summary>
    public void Print(IEnumerable<Statement> body)
    {
        foreach (Statement statement in body)
            Print(statement);
    }

    private void Print(Statement statement)
    {
        switch (statement)
        {
            case Loop loop: Print(loop); break;
            case Branch branch: Print(Text(branch.Left) + " " + Symbol(branch.Comparison) + " " + Text(branch.Right), branch.Body, branch.Otherwise); break;
            case RegisterBranch branch: Print("Avx512F.VL.IsSupported || AdvSimd.IsSupported", branch.Body, branch.Otherwise); break;
            case Block block:
                _code.Open("");
                Print(block.Body);
                _code.Close();
                break;
            case Let let: _code.Line("var " + Shown(let.Name) + " = " + Text(let.Value) + ";"); break;
            case LetPair pair:
                _code.Line("var (" + Shown(pair.First) + ", " + Shown(pair.Second) + ") = Lanes." + pair.Op + "(" + Text(pair.X) + ", " + Text(pair.Y) + ");");
                break;
            case Assign assign: _code.Line(Shown(assign.Name) + " = " + Text(assign.Value) + ";"); break;
            case Store store: _code.Line(VectorAt(store.Place) + " = " + Text(store.Value) + ";"); break;
            case StoreTail store:
                _code.Line(VectorAt(store.Place) + " = Lanes.Select(Lanes.Less(Lanes.Indices, Lanes.Splat(" + Text(store.Count) + ")), " + Text(store.Value) + ", " + VectorAt(store.Place) + ");");
                break;
            case StoreScalar store: _code.Line(Element(store.Place) + " = " + Text(store.Value) + ";"); break;
            case Point point: _code.Line("ref " + Pointed(point) + " " + Local(point.Name) + " = ref " + Element(point.Place) + ";"); break;
            case Advance advance: _code.Line(advance.Name + " = ref " + Element(new Place(advance.Name, advance.Offset)) + ";"); break;
            case LetIndex let: _code.Line(_integer + " " + let.Name + " = " + Text(let.Value) + ";"); break;
            case AssignIndex { Value: BinaryIndex { Operator: '+' or '-', Left: VariableIndex left } value } assign when left.Name == assign.Name:
                _code.Line(assign.Name + " " + value.Operator + "= " + Text(value.Right) + ";");
                break;
            case AssignIndex assign: _code.Line(assign.Name + " = " + Text(assign.Value) + ";"); break;
            case Note note: _code.Line("// " + note.Text); break;
            case Invoke invoke:
                _code.Line(invoke.Kernel.Name + "(" + string.Join(", ", invoke.References.Select(r => "ref " + Element(r)).Concat(invoke.Numbers.Select(Text))) + ");");
                break;
            default: PrintOfPass(statement); break;
        }
    }

    private void Print(Loop loop)
    {
        bool isDown = loop.Step is ConstantIndex { Value: < 0 };
        string compare = isDown ? " >= " : " < ";
        string next = loop.Step switch
        {
            ConstantIndex { Value: 1 } => loop.Variable + "++",
            ConstantIndex { Value: -1 } => loop.Variable + "--",
            _ => loop.Variable + " += " + Text(loop.Step),
        };
        _code.Open("for (nint " + loop.Variable + " = " + Text(loop.From) + "; " + loop.Variable + compare + Text(loop.To) + "; " + next + ")");
        Print(loop.Body);
        _code.Close();
    }

    private void Print(string condition, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise)
    {
        _code.Open("if (" + condition + ")");
        Print(body);
        _code.Close();
        if (otherwise.Count == 0)
            return;
        _code.Open("else");
        Print(otherwise);
        _code.Close();
    }

    /// <summary>A local reference has the element of what it points into. Passes point into memory of the model's own.</summary>
    private string Pointed(Point point)
    {
        if (!_references.TryGetValue(point.Place.Reference, out ElementType element))
            return _element;
        _references[point.Name] = element;
        return NameOf(element);
    }

    private string Shown(string local) => _locals.TryGetValue(local, out string? name) ? name : local;

    private static string NameOf(ElementType element) => element == ElementType.Single ? "float" : "double";

    private static string Symbol(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.GreaterOrEqual => ">=",
        _ => ">",
    };

    private string Text(Vec vec) => vec switch
    {
        LocalVec local => Shown(local.Name),
        LoadVec load => VectorAt(load.Place),
        SplatVec splat => "Lanes.Splat(" + Element(splat.Place) + ")",
        SplatLaneVec splat => "Lanes.SplatLane(ref " + Element(splat.Place) + ", " + CodeWriter.Text(splat.Lane) + ")",
        NumberVec { Number: 0 } number when !IsNegativeZero(number.Number) => "Lanes.Zero",
        NumberVec number => "Lanes.Splat(" + _literal(number.Number) + ")",
        FmaVec fma => "Lanes.FusedMultiplyAdd(" + Text(fma.A) + ", " + Text(fma.B) + ", " + Text(fma.C) + ")",
        RandomVec random => Text(random),
        ApplyVec apply => Text(apply),
        _ => throw new InvalidOperationException("No C# for " + vec + "."),
    };

    private string Text(ApplyVec apply) => apply.Op switch
    {
        OpCode.Add => Of("Add", apply),
        OpCode.Subtract => Of("Subtract", apply),
        OpCode.Multiply => Of("Multiply", apply),
        OpCode.Divide => Of("Divide", apply),
        OpCode.Greater => Of("Greater", apply),
        OpCode.GreaterOrEqual => Of("GreaterOrEqual", apply),
        OpCode.Select => Of("Select", apply),
        OpCode.LaneMax => Of("Max", apply),
        OpCode.Detach => Text(apply.Operands[0]),
        _ when apply.Op.IsUnary() => Of(apply.Op.ToString(), apply),
        _ => throw new InvalidOperationException("No C# for " + apply.Op + "."),
    };

    /// <summary>An operation on whole vectors, of the lanes that the kernel is compiled for.</summary>
    private string Of(string operation, ApplyVec apply) => "Lanes." + operation + "(" + string.Join(", ", apply.Operands.Select(Text)) + ")";

    private string Text(RandomVec random)
    {
        string parameters = random.Source.Kind == RandomKind.Keep
            ? CodeWriter.Text(random.Source.Dropped) + ", " + _literal(random.Source.Scale)
            : _literal(random.Source.Number);
        return "Lanes." + random.Source.Kind + "(ref " + Element(random.Key) + ", " + Indices(random.Position, random.PositionAscends) + ", "
            + Indices(random.Row, random.RowAscends) + ", " + parameters + ")";
    }

    private string Indices(Index first, bool ascends) => "VectorRandom." + (ascends ? "From(" : "All(") + Text(first) + ")";

    private string Text(Scalar scalar) => scalar switch
    {
        LoadScalar load => Element(load.Place),
        AddScalar add => Text(add.A) + " + " + Text(add.B),
        LaneDotScalar dot => "LaneReduction.Dot(ref " + Element(dot.A) + ", ref " + Element(dot.B) + ", " + CodeWriter.Text(dot.Count) + ")",
        LaneReduceScalar reduce => "LaneReduction." + (reduce.Op == OpCode.LaneSum ? "Sum" : "Max") + "(ref " + Element(reduce.A) + ", " + CodeWriter.Text(reduce.Count) + ")",
        FoldScalar fold => "Lanes.Fold(" + Text(fold.Vector) + ")",
        _ => throw new InvalidOperationException("No C# for " + scalar + "."),
    };

    private string Element(Place place) =>
        place.Offset is ConstantIndex { Value: 0 } ? Local(place.Reference) : "Add(ref " + Local(place.Reference) + ", " + Text(place.Offset) + ")";

    /// <summary>
    /// A vector where it lies in memory. Not a call of <c>Lanes</c>: a kernel has a thousand of these, and each call that the just-in-time compiler takes in costs it
    /// as much time as the instruction's own translation.
    /// </summary>
    private string VectorAt(Place place) => "As<" + _element + ", V>(ref " + Element(place) + ")";

    /// <summary>How many lanes a vector has: a local that the kernel begins with, for the same reason.</summary>
    private string LaneCount()
    {
        if (!_hasLanes)
            return "Lanes.Count";
        _usesLanes = true;
        return LocalNames.Lanes;
    }

    private string Text(Index index) => index switch
    {
        ConstantIndex c => Text(c.Value, c.Landmark),
        VariableIndex v => v.Name,
        LanesIndex => LaneCount(),
        ElementIndex e => "(nint)" + Element(e.Place),
        OffsetIndex o => Text(o.Value, o.Landmark),
        PaddedIndex p => PaddedRows + "(" + Text(p.Rows) + ")",
        MinimumIndex m => "global::System.Math.Min(" + Text(m.Left) + ", " + Text(m.Right) + ")",
        RowsOfForwardIndex => "workspace.Rows",
        PartIndex p => "WorkSplit.Start(" + CodeWriter.Text(p.Pieces) + ", " + Text(p.Part) + ", parts)",
        RingStartIndex r => "state.RingStart(" + CodeWriter.Text(r.Period) + ")",
        TurnIndex t => "(int)(step % " + CodeWriter.Text(t.Period) + ")",
        MaximumIndex m => "nint.Max(" + Text(m.Left) + ", " + Text(m.Right) + ")",
        BinaryIndex { Operator: '+' or '-' } b => Text(b.Left) + " " + b.Operator + " " + (b.Right is BinaryIndex { Operator: '+' or '-' } ? Bracketed(b.Right) : Text(b.Right)),
        BinaryIndex b => Bracketed(b.Left, b.Operator) + " " + b.Operator + " " + (b.Right is BinaryIndex ? "(" + Text(b.Right) + ")" : Text(b.Right)),
        _ => throw new InvalidOperationException("No C# for " + index + "."),
    };

    private string Bracketed(Index index, char parent = '*') =>
        index is BinaryIndex { Operator: '+' or '-' } || (parent == '%' && index is BinaryIndex) ? "(" + Text(index) + ")" : Text(index);

    private static bool IsNegativeZero(double number) => BitConverter.DoubleToInt64Bits(number) < 0;
}
