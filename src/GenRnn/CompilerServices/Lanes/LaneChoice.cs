using System;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GenRnn.CompilerServices;

/// <summary>
/// Which vectors kernels run on: 512 bits where the runtime says that the processor gains by them, <see cref="Vector{T}"/> elsewhere. The bits of results
/// are the same; only the time differs.
/// </summary>
/// <remarks>
/// <see cref="Vector512.IsHardwareAccelerated"/> is the runtime's own judgement: it says no where wide vectors lower the clock. The runtime keeps
/// <see cref="Vector{T}"/> at 256 bits there all the same. The switch <c>GenRnn.VectorBits</c> of <see cref="AppContext"/> (MSBuild: <c>GenVectorBits</c>) chooses
/// otherwise, for tests and measurements: 512 or the width of <see cref="Vector{T}"/>, below which a process cannot go without <c>DOTNET_MaxVectorTBitWidth</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneChoice
{
    /// <summary>The name of the switch.</summary>
    public const string Switch = "GenRnn.VectorBits";

    private static readonly bool s_isWide = Choose(AppContext.GetData(Switch));

    /// <summary>Whether kernels run on 512 bits. Where no processor that the code is compiled for has them this is the constant false, and nothing of wide kernels is compiled.</summary>
    public static bool IsWide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && s_isWide;
    }

    /// <summary>Bits of the vectors that kernels run on.</summary>
    public static int Bits => IsWide ? 512 : Vector<byte>.Count * 8;

    /// <summary>What a value of the switch chooses where there are 512-bit units.</summary>
    /// <param name="value">A number, or its text, as a runtime configuration file holds it; null where nothing was said.</param>
    /// <exception cref="NotSupportedException">It is neither 512 nor the width of <see cref="Vector{T}"/>.</exception>
    internal static bool Choose(object? value)
    {
        int portable = Vector<byte>.Count * 8;
        if (value is null)
            return portable < 512;
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bits) || (bits != 512 && bits != portable))
        {
            throw new NotSupportedException(
                $"{Switch} is '{text}'; expected 512 or {portable.ToString(CultureInfo.InvariantCulture)}, the width of Vector<T> in this process (DOTNET_MaxVectorTBitWidth sets it).");
        }

        return bits == 512 && portable < 512;
    }
}
