using System.Linq;
using GenRnn.Compiler.Tests.Support;
using Xunit;

namespace GenRnn.Runtime.Tests.Surface;

/// <summary>The public surface of the runtime is one file: what adds to it, or breaks it, is seen where the change is read.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void Nothing_is_public_by_accident() => Snapshot.Verify(PublicSurface.Of(typeof(Loss).Assembly));

    /// <summary>What a change of each kind looks like.</summary>
    [Fact]
    public void A_line_says_what_callers_depend_on()
    {
        string[] lines = PublicSurface.Of(typeof(PublicSurfaceTests).Assembly).Split('\n');
        int start = lines.ToList().FindIndex(l => l.EndsWith("abstract class PublicSurfaceTests.Sample<T> : IDisposable where T : struct", System.StringComparison.Ordinal));
        Assert.Equal(
            [
                "    const int Size = 4",
                "    int this[int index] { get; }",
                "    protected new(string name)",
                "    protected virtual string? Find(in T value, params int[] others)",
                "    required string Text { get; init; }",
                "    static TOther Of<TOther>(T value, TOther? other = null) where TOther : class, new()",
                "    string Name { get; protected set; }",
                "    virtual void Dispose()",
            ],
            lines[(start + 1)..(start + 9)]);
    }

    public abstract class Sample<T> : System.IDisposable
        where T : struct
    {
        public const int Size = 4;

        protected Sample(string name) => Name = name;

        public string Name { get; protected set; }

        public required string Text { get; init; }

        public int this[int index] => index;

        public static TOther Of<TOther>(T value, TOther? other = null)
            where TOther : class, new() => other ?? new TOther();

        public virtual void Dispose() => System.GC.SuppressFinalize(this);

        internal static void NotSeen()
        {
        }

        protected virtual string? Find(in T value, params int[] others) => null;
    }
}
