using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Kernels;

/// <summary>Kernel code with other index expressions in it, folded again, or with other names of references.</summary>
internal sealed class KernelMap
{
    private readonly Func<Index, Index?> _index;
    private readonly Func<string, string> _reference;

    /// <param name="index">What stands for a leaf of an expression; null where it stays.</param>
    /// <param name="reference">Name of a reference, be it a parameter or a local.</param>
    public KernelMap(Func<Index, Index?> index, Func<string, string>? reference = null)
    {
        _index = index;
        _reference = reference ?? (name => name);
    }

    /// <summary>Code with its references numbered: what is equal then differs in their names alone.</summary>
    /// <param name="parameters">The parameters, which have the first numbers.</param>
    /// <param name="index">What stands for a leaf of an expression; null where it stays.</param>
    public static KernelMap Numbered(IReadOnlyList<Reference> parameters, Func<Index, Index?> index)
    {
        Dictionary<string, string> names = new();
        string Number(string name)
        {
            if (!names.TryGetValue(name, out string? number))
                names[name] = number = Names.Of("ref", names.Count);
            return number;
        }

        foreach (Reference parameter in parameters)
            Number(parameter.Name);
        return new KernelMap(index, Number);
    }

    public IReadOnlyList<Statement> Apply(IReadOnlyList<Statement> body) => body.SelectMany(s => Decided(Apply(s))).ToList();

    /// <summary>A statement without what constants decide: the C# compiler warns of code that none reaches.</summary>
    private static IEnumerable<Statement> Decided(Statement statement)
    {
        switch (statement)
        {
            case Loop { From: ConstantIndex from, To: ConstantIndex to, Step: ConstantIndex { Value: > 0 } } when from.Value >= to.Value:
                return Array.Empty<Statement>();
            case Branch { Left: ConstantIndex left, Right: ConstantIndex right } branch:
                IReadOnlyList<Statement> taken = Holds(left.Value, branch.Comparison, right.Value) ? branch.Body : branch.Otherwise;
                return taken.Count == 0 ? taken : new[] { new Block(taken) };
            default:
                return new[] { statement };
        }
    }

    private static bool Holds(int left, Comparison comparison, int right) => comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.Less => left < right,
        Comparison.LessOrEqual => left <= right,
        Comparison.GreaterOrEqual => left >= right,
        _ => left > right,
    };

    private Statement Apply(Statement statement) => statement switch
    {
        Loop s => s with { From = Apply(s.From), To = Apply(s.To), Step = Apply(s.Step), Body = Apply(s.Body) },
        Branch s => s with { Left = Apply(s.Left), Right = Apply(s.Right), Body = Apply(s.Body), Otherwise = Apply(s.Otherwise) },
        Block s => new Block(Apply(s.Body)),
        RegisterBranch s => new RegisterBranch(Apply(s.Body), Apply(s.Otherwise)),
        Let s => s with { Value = Apply(s.Value) },
        LetPair s => s with { X = Apply(s.X), Y = Apply(s.Y) },
        Assign s => s with { Value = Apply(s.Value) },
        Store s => new Store(Apply(s.Place), Apply(s.Value)),
        StoreTail s => new StoreTail(Apply(s.Place), Apply(s.Value), Apply(s.Count)),
        StoreScalar s => new StoreScalar(Apply(s.Place), Apply(s.Value)),
        Point s => new Point(_reference(s.Name), Apply(s.Place)),
        Advance s => new Advance(_reference(s.Name), Apply(s.Offset)),
        LetIndex s => s with { Value = Apply(s.Value) },
        AssignIndex s => s with { Value = Apply(s.Value) },
        Note s => s,
        Invoke s => s with { References = s.References.Select(Apply).ToList(), Numbers = s.Numbers.Select(Apply).ToList() },
        Clear s => new Clear(Apply(s.Place), Apply(s.Count)),
        Copy s => new Copy(Apply(s.Source), Apply(s.Target), Apply(s.Count)),
        _ => throw new InvalidOperationException("No index expressions are known in " + statement + "."),
    };

    private Place Apply(Place place) => new(_reference(place.Reference), Apply(place.Offset));

    private Vec Apply(Vec vec) => vec switch
    {
        LocalVec or NumberVec => vec,
        LoadVec v => new LoadVec(Apply(v.Place)),
        SplatVec v => new SplatVec(Apply(v.Place)),
        SplatLaneVec v => v with { Place = Apply(v.Place) },
        FmaVec v => new FmaVec(Apply(v.A), Apply(v.B), Apply(v.C)),
        ApplyVec v => v with { Operands = v.Operands.Select(Apply).ToList() },
        RandomVec v => v with { Key = Apply(v.Key), Position = Apply(v.Position), Row = Apply(v.Row) },
        _ => throw new InvalidOperationException("No index expressions are known in " + vec + "."),
    };

    private Scalar Apply(Scalar scalar) => scalar switch
    {
        LoadScalar s => new LoadScalar(Apply(s.Place)),
        AddScalar s => new AddScalar(Apply(s.A), Apply(s.B)),
        LaneDotScalar s => s with { A = Apply(s.A), B = Apply(s.B) },
        LaneReduceScalar s => s with { A = Apply(s.A) },
        FoldScalar s => new FoldScalar(Apply(s.Vector)),
        _ => throw new InvalidOperationException("No index expressions are known in " + scalar + "."),
    };

    private Index Apply(Index index) => _index(index) ?? index switch
    {
        BinaryIndex { Operator: '+' } i => Apply(i.Left) + Apply(i.Right),
        BinaryIndex { Operator: '-' } i => Apply(i.Left) - Apply(i.Right),
        BinaryIndex { Operator: '*' } i => Apply(i.Left) * Apply(i.Right),
        BinaryIndex { Operator: '/' } i => Apply(i.Left) / Apply(i.Right),
        BinaryIndex { Operator: '%' } i => Apply(i.Left) % Apply(i.Right),
        MaximumIndex i => new MaximumIndex(Apply(i.Left), Apply(i.Right)),
        ElementIndex i => new ElementIndex(Apply(i.Place)),
        _ => index,
    };
}
