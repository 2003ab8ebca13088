namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>The cache that schedules are made for, whatever machine compiles: 1 MB, as a core of a present server has.</summary>
internal static class SecondLevelCache
{
    /// <summary>Elements that it holds. What a loop over time leaves beyond them comes from memory when it is read again.</summary>
    public const int Elements = (1 << 20) / sizeof(float);
}
