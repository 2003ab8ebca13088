namespace GenRnn;

/// <summary>A choice that is made once, as a type argument: the JIT drops what is not taken.</summary>
internal interface IChoice
{
    static abstract bool IsTaken { get; }
}

internal readonly struct Yes : IChoice
{
    public static bool IsTaken => true;
}

internal readonly struct No : IChoice
{
    public static bool IsTaken => false;
}
