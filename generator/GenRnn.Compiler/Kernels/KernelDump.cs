using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GenRnn.Compiler.Kernels;

/// <summary>The canonical text of kernel code: equal text, equal work. Kernels are shared by it, and tests read it.</summary>
public static class KernelDump
{
    public static string Write(IEnumerable<Statement> body)
    {
        StringBuilder text = new();
        foreach (Statement statement in body)
            Write(text, statement, "");
        return text.ToString();
    }

    public static string Write(Index index) => index switch
    {
        ConstantIndex c => c.Value.ToString(CultureInfo.InvariantCulture),
        VariableIndex v => v.Name,
        SizeIndex s => s.Name + "=" + s.Value.ToString(CultureInfo.InvariantCulture),
        LanesIndex => "L",
        MaximumIndex m => "max(" + Write(m.Left) + ", " + Write(m.Right) + ")",
        ElementIndex e => "int " + Write(e.Place),
        BinaryIndex b => "(" + Write(b.Left) + " " + b.Operator + " " + Write(b.Right) + ")",
        _ => "?",
    };

    private static void Write(StringBuilder text, Statement statement, string indent)
    {
        string inner = indent + "  ";
        text.Append(indent);
        switch (statement)
        {
            case Loop loop:
                text.Append("for ").Append(loop.Variable).Append(" from ").Append(Write(loop.From)).Append(" to ").Append(Write(loop.To))
                    .Append(" by ").Append(Write(loop.Step)).Append('\n');
                Write(text, loop.Body, inner);
                break;
            case Branch branch:
                text.Append("if ").Append(Write(branch.Left)).Append(' ').Append(branch.Comparison).Append(' ').Append(Write(branch.Right)).Append('\n');
                Write(text, branch.Body, inner);
                text.Append(indent).Append("else\n");
                Write(text, branch.Otherwise, inner);
                break;
            case Block block:
                text.Append("block\n");
                Write(text, block.Body, inner);
                break;
            case RegisterBranch branch:
                text.Append("if many registers\n");
                Write(text, branch.Body, inner);
                text.Append(indent).Append("else\n");
                Write(text, branch.Otherwise, inner);
                break;
            case Let let: text.Append("let ").Append(let.Name).Append(" = ").Append(Write(let.Value)).Append('\n'); break;
            case LetPair pair:
                text.Append("let ").Append(pair.First).Append(", ").Append(pair.Second).Append(" = ").Append(pair.Op).Append(" of ").Append(Write(pair.X)).Append(", ").Append(Write(pair.Y)).Append('\n');
                break;
            case Assign assign: text.Append(assign.Name).Append(" = ").Append(Write(assign.Value)).Append('\n'); break;
            case Store store: text.Append(Write(store.Place)).Append(" = ").Append(Write(store.Value)).Append('\n'); break;
            case StoreTail store: text.Append(Write(store.Place)).Append(" first ").Append(Write(store.Count)).Append(" = ").Append(Write(store.Value)).Append('\n'); break;
            case StoreScalar store: text.Append(Write(store.Place)).Append(" = scalar ").Append(Write(store.Value)).Append('\n'); break;
            case Point point: text.Append("point ").Append(point.Name).Append(" = ").Append(Write(point.Place)).Append('\n'); break;
            case Advance advance: text.Append("advance ").Append(advance.Name).Append(" by ").Append(Write(advance.Offset)).Append('\n'); break;
            case LetIndex let: text.Append("int ").Append(let.Name).Append(" = ").Append(Write(let.Value)).Append('\n'); break;
            case AssignIndex assign: text.Append("int ").Append(assign.Name).Append(" := ").Append(Write(assign.Value)).Append('\n'); break;
            case Note note: text.Append("# ").Append(note.Text).Append('\n'); break;
            case Clear clear: text.Append("clear ").Append(Write(clear.Place)).Append(" count ").Append(Write(clear.Count)).Append('\n'); break;
            case Copy copy: text.Append("copy ").Append(Write(copy.Source)).Append(" to ").Append(Write(copy.Target)).Append(" count ").Append(Write(copy.Count)).Append('\n'); break;
            case Invoke invoke:
                text.Append(invoke.Kernel.Name).Append('(').Append(string.Join(", ", invoke.References.Select(Write).Concat(invoke.Numbers.Select(Write)))).Append(")\n");
                break;
            default: text.Append(statement).Append('\n'); break;
        }
    }

    private static void Write(StringBuilder text, IEnumerable<Statement> body, string indent)
    {
        foreach (Statement statement in body)
            Write(text, statement, indent);
    }

    private static string Write(Place place) => place.Reference + "[" + Write(place.Offset) + "]";

    private static string Write(Vec vec) => vec switch
    {
        LocalVec local => local.Name,
        LoadVec load => Write(load.Place),
        SplatVec splat => "splat " + Write(splat.Place),
        SplatLaneVec splat => "splat " + Write(splat.Place) + " lane " + splat.Lane.ToString(CultureInfo.InvariantCulture),
        NumberVec number => number.Number.ToString("R", CultureInfo.InvariantCulture),
        FmaVec fma => "fma(" + Write(fma.A) + ", " + Write(fma.B) + ", " + Write(fma.C) + ")",
        // Kernels of two masks are one kernel: the key says which mask it is.
        RandomVec random => random.Source.Kind + "(" + Write(random.Key) + ", " + Write(random.Position) + (random.PositionAscends ? "..." : "") + ", "
            + Write(random.Row) + (random.RowAscends ? "..." : "") + ", " + random.Source.Number.ToString("R", CultureInfo.InvariantCulture) + ")",
        ApplyVec apply => apply.Op + "(" + string.Join(", ", apply.Operands.Select(Write)) + ")",
        _ => "?",
    };

    private static string Write(Scalar scalar) => scalar switch
    {
        LoadScalar load => Write(load.Place),
        AddScalar add => Write(add.A) + " + " + Write(add.B),
        LaneDotScalar dot => "dot(" + Write(dot.A) + ", " + Write(dot.B) + ", " + dot.Count.ToString(CultureInfo.InvariantCulture) + ")",
        LaneReduceScalar reduce => reduce.Op + "(" + Write(reduce.A) + ", " + reduce.Count.ToString(CultureInfo.InvariantCulture) + ")",
        FoldScalar fold => "fold(" + Write(fold.Vector) + ")",
        _ => "?",
    };
}
