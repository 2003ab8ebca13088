namespace GenRnn;

/// <summary>Element types of other tools' files. All are stored lowest byte first.</summary>
internal enum NumberType
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean,
}
