using System.Numerics;
using System.Runtime.CompilerServices;

namespace GenRnn.CompilerServices;

/// <content>
/// The functions of gates for two vectors at once, the same expressions operation by operation: an expression is one long chain, and where only two
/// vectors are left to compute, the processor does not look far enough ahead to find the second one behind the first.
/// </content>
public static partial class VectorMath
{
    /// <summary><see cref="Sigmoid(Vector{float})"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Sigmoid(Vector<float> x, Vector<float> y)
    {
        x = Clamp(x, -89f, 86f);
        y = Clamp(y, -89f, 86f);
        Vector<float> rounding = new(RoundingSingle);
        Vector<float> tx = FusedMultiplyAdd(x, new Vector<float>(-Log2ESingle), rounding);
        Vector<float> ty = FusedMultiplyAdd(y, new Vector<float>(-Log2ESingle), rounding);
        Vector<float> nx = tx - rounding;
        Vector<float> ny = ty - rounding;
        Vector<float> rx = FusedMultiplyAdd(nx, new Vector<float>(Ln2HighSingle), x);
        Vector<float> ry = FusedMultiplyAdd(ny, new Vector<float>(Ln2HighSingle), y);
        rx = FusedMultiplyAdd(nx, new Vector<float>(Ln2LowSingle), rx);
        ry = FusedMultiplyAdd(ny, new Vector<float>(Ln2LowSingle), ry);

        Vector<float> rx2 = rx * rx;
        Vector<float> ry2 = ry * ry;
        Vector<float> qx = FusedMultiplyAdd(new Vector<float>(-Exp3Single), rx, new Vector<float>(Exp2Single));
        Vector<float> qy = FusedMultiplyAdd(new Vector<float>(-Exp3Single), ry, new Vector<float>(Exp2Single));
        Vector<float> cx = FusedMultiplyAdd(new Vector<float>(-Exp5Single), rx, new Vector<float>(Exp4Single));
        Vector<float> cy = FusedMultiplyAdd(new Vector<float>(-Exp5Single), ry, new Vector<float>(Exp4Single));
        Vector<float> ex = FusedMultiplyAdd(new Vector<float>(-Exp7Single), rx, new Vector<float>(Exp6Single));
        Vector<float> ey = FusedMultiplyAdd(new Vector<float>(-Exp7Single), ry, new Vector<float>(Exp6Single));
        qx = FusedMultiplyAdd(cx, rx2, qx);
        qy = FusedMultiplyAdd(cy, ry2, qy);
        qx = FusedMultiplyAdd(ex, rx2 * rx2, qx);
        qy = FusedMultiplyAdd(ey, ry2 * ry2, qy);
        Vector<float> px = FusedMultiplyAdd(qx, rx2, Vector<float>.One - rx);
        Vector<float> py = FusedMultiplyAdd(qy, ry2, Vector<float>.One - ry);

        px *= PowerOfTwo(tx, 126);
        py *= PowerOfTwo(ty, 126);
        px = FusedMultiplyAdd(px, new Vector<float>(2f), Vector<float>.One);
        py = FusedMultiplyAdd(py, new Vector<float>(2f), Vector<float>.One);
        return (Vector<float>.One / px, Vector<float>.One / py);
    }

    /// <summary><see cref="Tanh(Vector{float})"/> of both, the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> X, Vector<float> Y) Tanh(Vector<float> x, Vector<float> y)
    {
        x = Clamp(x, -TanhOneSingle, TanhOneSingle);
        y = Clamp(y, -TanhOneSingle, TanhOneSingle);
        Vector<float> x2 = x * x;
        Vector<float> y2 = y * y;
        Vector<float> px = FusedMultiplyAdd(new Vector<float>(TanhP13Single), x2, new Vector<float>(TanhP11Single));
        Vector<float> py = FusedMultiplyAdd(new Vector<float>(TanhP13Single), y2, new Vector<float>(TanhP11Single));
        Vector<float> bx = FusedMultiplyAdd(new Vector<float>(TanhP9Single), x2, new Vector<float>(TanhP7Single));
        Vector<float> by = FusedMultiplyAdd(new Vector<float>(TanhP9Single), y2, new Vector<float>(TanhP7Single));
        Vector<float> x4 = x2 * x2;
        Vector<float> y4 = y2 * y2;
        px = FusedMultiplyAdd(px, x4, bx);
        py = FusedMultiplyAdd(py, y4, by);
        Vector<float> cx = FusedMultiplyAdd(new Vector<float>(TanhP5Single), x2, new Vector<float>(TanhP3Single));
        Vector<float> cy = FusedMultiplyAdd(new Vector<float>(TanhP5Single), y2, new Vector<float>(TanhP3Single));
        px = FusedMultiplyAdd(px, x4, cx);
        py = FusedMultiplyAdd(py, y4, cy);
        Vector<float> dx = FusedMultiplyAdd(new Vector<float>(TanhQ6Single), x2, new Vector<float>(TanhQ4Single));
        Vector<float> dy = FusedMultiplyAdd(new Vector<float>(TanhQ6Single), y2, new Vector<float>(TanhQ4Single));
        Vector<float> ex = FusedMultiplyAdd(new Vector<float>(TanhQ2Single), x2, new Vector<float>(TanhQ0Single));
        Vector<float> ey = FusedMultiplyAdd(new Vector<float>(TanhQ2Single), y2, new Vector<float>(TanhQ0Single));
        px = FusedMultiplyAdd(px, x2, new Vector<float>(TanhP1Single));
        py = FusedMultiplyAdd(py, y2, new Vector<float>(TanhP1Single));
        dx = FusedMultiplyAdd(dx, x4, ex);
        dy = FusedMultiplyAdd(dy, y4, ey);
        return (px * x / dx, py * y / dy);
    }

    /// <summary><see cref="Sigmoid(Vector{double})"/> of both, one after the other: kernels of one row are tuned in single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Sigmoid(Vector<double> x, Vector<double> y) => (Sigmoid(x), Sigmoid(y));

    /// <inheritdoc cref="Sigmoid(Vector{double}, Vector{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> X, Vector<double> Y) Tanh(Vector<double> x, Vector<double> y) => (Tanh(x), Tanh(y));
}
