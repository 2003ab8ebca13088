using System;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Interpreter;

/// <summary>
/// What rule 5 of the numeric contract lets a declaration choose: the order in which a parameter's gradient is summed.
/// </summary>
/// <param name="Batch">Rows of the compiled pass.</param>
/// <param name="RowsInLanes">Whether rows of the batch, not units, lie in the lanes of a vector.</param>
public readonly record struct GradientOrder(int Batch, bool RowsInLanes)
{
    /// <summary>Rows of a pass for a call of so many: copies of the first pad them to whole tiles. A small batch always is whole.</summary>
    public int Padded(int rows)
    {
        int tile = RowsInLanes ? 16 : 8;
        return Batch <= 16 ? Batch : Math.Min(Batch, (rows + tile - 1) / tile * tile);
    }

    /// <summary>The order that the compiler chooses for a declaration.</summary>
    public static GradientOrder Of(ModelSpec spec)
    {
        int batch = spec.Items.First(i => i.Kind == "Input")[InputItem.Batch];
        Program program = ModelLowering.Lower(ShapeInference.Infer(spec));
        return new GradientOrder(batch, LaneAxisChoice.For(program, batch) == LaneAxis.Rows);
    }
}
