using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <content>
/// The functions of gates for two vectors at once, the same expressions operation by operation: an expression is one long chain, and where only two
/// vectors are left to compute, the processor does not look far enough ahead to find the second one behind the first.
/// </content>
internal static partial class SingleFunctions<L, V>
    where L : struct, ILanes<V, float>
    where V : struct
{
    /// <summary><see cref="Sigmoid(V)"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V X, V Y) Sigmoid(V x, V y)
    {
        x = LaneFunctions<L, V, float>.Clamp(x, -89f, 86f);
        y = LaneFunctions<L, V, float>.Clamp(y, -89f, 86f);
        V rounding = L.Splat(RoundingSingle);
        V tx = L.FusedMultiplyAdd(x, L.Splat(-Log2ESingle), rounding);
        V ty = L.FusedMultiplyAdd(y, L.Splat(-Log2ESingle), rounding);
        V nx = L.Subtract(tx, rounding);
        V ny = L.Subtract(ty, rounding);
        V rx = L.FusedMultiplyAdd(nx, L.Splat(Ln2HighSingle), x);
        V ry = L.FusedMultiplyAdd(ny, L.Splat(Ln2HighSingle), y);
        rx = L.FusedMultiplyAdd(nx, L.Splat(Ln2LowSingle), rx);
        ry = L.FusedMultiplyAdd(ny, L.Splat(Ln2LowSingle), ry);

        V rx2 = L.Multiply(rx, rx);
        V ry2 = L.Multiply(ry, ry);
        V qx = L.FusedMultiplyAdd(L.Splat(-Exp3Single), rx, L.Splat(Exp2Single));
        V qy = L.FusedMultiplyAdd(L.Splat(-Exp3Single), ry, L.Splat(Exp2Single));
        V cx = L.FusedMultiplyAdd(L.Splat(-Exp5Single), rx, L.Splat(Exp4Single));
        V cy = L.FusedMultiplyAdd(L.Splat(-Exp5Single), ry, L.Splat(Exp4Single));
        V ex = L.FusedMultiplyAdd(L.Splat(-Exp7Single), rx, L.Splat(Exp6Single));
        V ey = L.FusedMultiplyAdd(L.Splat(-Exp7Single), ry, L.Splat(Exp6Single));
        qx = L.FusedMultiplyAdd(cx, rx2, qx);
        qy = L.FusedMultiplyAdd(cy, ry2, qy);
        qx = L.FusedMultiplyAdd(ex, L.Multiply(rx2, rx2), qx);
        qy = L.FusedMultiplyAdd(ey, L.Multiply(ry2, ry2), qy);
        V px = L.FusedMultiplyAdd(qx, rx2, L.Subtract(L.One, rx));
        V py = L.FusedMultiplyAdd(qy, ry2, L.Subtract(L.One, ry));

        px = L.Multiply(px, PowerOfTwo(tx, 126));
        py = L.Multiply(py, PowerOfTwo(ty, 126));
        px = L.FusedMultiplyAdd(px, L.Splat(2f), L.One);
        py = L.FusedMultiplyAdd(py, L.Splat(2f), L.One);
        return (L.Divide(L.One, px), L.Divide(L.One, py));
    }

    /// <summary><see cref="Tanh(V)"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V X, V Y) Tanh(V x, V y)
    {
        x = LaneFunctions<L, V, float>.Clamp(x, -TanhOneSingle, TanhOneSingle);
        y = LaneFunctions<L, V, float>.Clamp(y, -TanhOneSingle, TanhOneSingle);
        V x2 = L.Multiply(x, x);
        V y2 = L.Multiply(y, y);
        V px = L.FusedMultiplyAdd(L.Splat(TanhP13Single), x2, L.Splat(TanhP11Single));
        V py = L.FusedMultiplyAdd(L.Splat(TanhP13Single), y2, L.Splat(TanhP11Single));
        V bx = L.FusedMultiplyAdd(L.Splat(TanhP9Single), x2, L.Splat(TanhP7Single));
        V by = L.FusedMultiplyAdd(L.Splat(TanhP9Single), y2, L.Splat(TanhP7Single));
        V x4 = L.Multiply(x2, x2);
        V y4 = L.Multiply(y2, y2);
        px = L.FusedMultiplyAdd(px, x4, bx);
        py = L.FusedMultiplyAdd(py, y4, by);
        V cx = L.FusedMultiplyAdd(L.Splat(TanhP5Single), x2, L.Splat(TanhP3Single));
        V cy = L.FusedMultiplyAdd(L.Splat(TanhP5Single), y2, L.Splat(TanhP3Single));
        px = L.FusedMultiplyAdd(px, x4, cx);
        py = L.FusedMultiplyAdd(py, y4, cy);
        V dx = L.FusedMultiplyAdd(L.Splat(TanhQ6Single), x2, L.Splat(TanhQ4Single));
        V dy = L.FusedMultiplyAdd(L.Splat(TanhQ6Single), y2, L.Splat(TanhQ4Single));
        V ex = L.FusedMultiplyAdd(L.Splat(TanhQ2Single), x2, L.Splat(TanhQ0Single));
        V ey = L.FusedMultiplyAdd(L.Splat(TanhQ2Single), y2, L.Splat(TanhQ0Single));
        px = L.FusedMultiplyAdd(px, x2, L.Splat(TanhP1Single));
        py = L.FusedMultiplyAdd(py, y2, L.Splat(TanhP1Single));
        dx = L.FusedMultiplyAdd(dx, x4, ex);
        dy = L.FusedMultiplyAdd(dy, y4, ey);
        return (L.Divide(L.Multiply(px, x), dx), L.Divide(L.Multiply(py, y), dy));
    }
}
