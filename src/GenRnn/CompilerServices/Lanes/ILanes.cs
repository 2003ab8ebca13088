using System.ComponentModel;

namespace GenRnn.CompilerServices;

/// <summary>
/// The operations on one kind of vector. Emitted kernels and Gen's functions are written once over an implementation of it, a structure without fields, so
/// that the just-in-time and the ahead-of-time compiler make machine code for each kind of vector and every operation is the instruction itself.
/// </summary>
/// <remarks>
/// Operations work lane by lane, are exact or correctly rounded, and have the same bits for every implementation. Nothing is checked: an offset that is
/// wrong reads other memory.
/// </remarks>
/// <typeparam name="TVector">A vector.</typeparam>
/// <typeparam name="T">Its elements, float or double.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Elements of a vector: a constant of the machine code.</summary>
    static abstract int Count { get; }

    /// <summary>+0 in every lane.</summary>
    static abstract TVector Zero { get; }

    /// <summary>1 in every lane.</summary>
    static abstract TVector One { get; }

    /// <summary>0, 1, 2, ... from the first lane on.</summary>
    static abstract TVector Indices { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TVector Splat(T value);

    /// <summary>Element <paramref name="index"/> behind <paramref name="origin"/> in every lane, taken out of the whole vector that holds it: see <see cref="VectorLanes"/>.</summary>
    static abstract TVector SplatLane(ref T origin, int index);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x - y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>x y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>x y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>The square root.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>All bits where x is less, none elsewhere.</summary>
    static abstract TVector Less(TVector x, TVector y);

    /// <summary>All bits where x is greater, none elsewhere.</summary>
    static abstract TVector Greater(TVector x, TVector y);

    /// <summary>All bits where x is not less and both are numbers, none elsewhere.</summary>
    static abstract TVector GreaterOrEqual(TVector x, TVector y);

    /// <summary>All bits where both are equal, none elsewhere.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    /// <summary>x where the mask has all bits, y where it has none.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    /// <summary>The smaller one as the processor has it: of NaN and of two zeros it differs between machines, so x is a constant other than zero.</summary>
    static abstract TVector MinNative(TVector x, TVector y);

    /// <summary>The larger one as the processor has it: see <see cref="MinNative"/>.</summary>
    static abstract TVector MaxNative(TVector x, TVector y);

    /// <summary>The bits that both have.</summary>
    static abstract TVector And(TVector x, TVector y);

    /// <summary>The bits of x that y has not.</summary>
    static abstract TVector AndNot(TVector x, TVector y);

    /// <summary>The bits that one has.</summary>
    static abstract TVector Or(TVector x, TVector y);

    /// <summary>The bits in which they differ.</summary>
    static abstract TVector Xor(TVector x, TVector y);

    /// <summary>The lowest bits of a number in every lane, as many as an element has.</summary>
    static abstract TVector SplatBits(long bits);

    /// <summary>The sum of the lanes as integers.</summary>
    static abstract TVector AddBits(TVector x, TVector y);

    /// <summary>The lanes as integers times 2^count.</summary>
    static abstract TVector ShiftLeftBits(TVector x, int count);

    /// <summary>The lanes as integers without a sign, divided by 2^count.</summary>
    static abstract TVector ShiftRightBits(TVector x, int count);

    /// <summary>The sum of the lanes in halves: s[i] += s[i + Count / 2] and so on, the end of <see cref="LaneReduction"/>'s tree.</summary>
    static abstract T Fold(TVector lanes);

    /// <summary>|x|, exact: clears the sign, of a NaN too.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary>-x, exact: flips the sign, of a zero too.</summary>
    static abstract TVector Negate(TVector x);

    /// <summary>The larger value; NaN if either is. Of two zeros, y.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>e^x: <see cref="VectorMath"/> says how exact.</summary>
    static abstract TVector Exp(TVector x);

    /// <summary>ln x.</summary>
    static abstract TVector Log(TVector x);

    /// <summary>ln(1 + x).</summary>
    static abstract TVector Log1p(TVector x);

    /// <summary>1 / (1 + e^-x).</summary>
    static abstract TVector Sigmoid(TVector x);

    /// <summary>Of both, the same bits, faster where nothing else is left to compute.</summary>
    static abstract (TVector X, TVector Y) Sigmoid(TVector x, TVector y);

    /// <summary>tanh x.</summary>
    static abstract TVector Tanh(TVector x);

    /// <summary>Of both, the same bits, faster where nothing else is left to compute.</summary>
    static abstract (TVector X, TVector Y) Tanh(TVector x, TVector y);

    /// <summary>ln(1 + e^x).</summary>
    static abstract TVector Softplus(TVector x);

    /// <summary>The error function.</summary>
    static abstract TVector Erf(TVector x);

    /// <summary>Factors of dropout: see <see cref="VectorRandom"/>.</summary>
    static abstract TVector Keep(ref T key, LaneIndex position, LaneIndex row, int dropped, T scale);

    /// <summary>Normal noise: see <see cref="VectorRandom"/>.</summary>
    static abstract TVector Normal(ref T key, LaneIndex position, LaneIndex row, T deviation);
}
