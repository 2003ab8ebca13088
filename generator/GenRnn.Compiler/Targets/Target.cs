namespace GenRnn.Compiler.Targets;

/// <summary>What an element of memory is.</summary>
public enum ElementType
{
    Single,
    Double,
}

/// <summary>How a caller's spans hold the rows of a sequence.</summary>
public enum SpanLayout
{
    /// <summary>[rows, time, features].</summary>
    BatchMajor,

    /// <summary>[time, rows, features].</summary>
    TimeMajor,
}

/// <summary>
/// What code is written for, whatever machine compiles: the declaration's element and layout, the widths of vectors that it may meet, the caches of a core of a present server
/// and the limits of the just-in-time compiler. One declaration has one target, so the same source is emitted everywhere.
/// </summary>
/// <param name="Element">Of arena, panels and spans.</param>
/// <param name="Lanes">Elements of a vector.</param>
/// <param name="Layout">Of the caller's spans.</param>
public sealed record Target(ElementType Element, LaneWidth Lanes, SpanLayout Layout)
{
    /// <summary>Storage is padded to this many elements, so that offsets do not depend on the vector's width.</summary>
    public const int Padding = 16;

    /// <summary>Elements that the second-level cache holds: 1 MB. What a loop over time leaves beyond them comes from memory when it is read again.</summary>
    public const int CachedElements = (1 << 20) / sizeof(float);

    /// <summary>Estimated bytes of IL in one method; the JIT's own limit is 60,000.</summary>
    public const int MethodBytes = 48_000;

    /// <summary>Estimated bytes of IL in all methods of a model.</summary>
    public const int ModelBytes = 600_000;

    public bool IsDouble => Element == ElementType.Double;

    public bool IsTimeMajor => Layout == SpanLayout.TimeMajor;

    public int ElementBytes => IsDouble ? sizeof(double) : sizeof(float);

    /// <summary>The target of an element and a layout.</summary>
    public static Target Of(ElementType element, SpanLayout layout) => new(element, LaneWidth.Of(element), layout);

    /// <summary>A count of elements, padded.</summary>
    public static int Pad(int count) => (int)Pad((long)count);

    /// <inheritdoc cref="Pad(int)"/>
    public static long Pad(long count) => (count + Padding - 1) / Padding * Padding;
}
