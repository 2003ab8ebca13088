using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.Runtime.Tests;

/// <summary>
/// One result on every machine holds only while nothing calls a function whose bits a platform chooses. This reads the
/// runtime's metadata for every member of the numeric types that it refers to, and knows the harmless ones by name.
/// </summary>
public sealed class OperationTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> s_allowed =
    [
        // Exact or correctly rounded.
        "Math.Abs", "Math.Clamp", "Math.Max", "Math.Min", "Math.Sqrt", "Math.FusedMultiplyAdd", "Math.DivRem", "Math.Ceiling", "Math.Floor", "Math.Round", "Double.Ceiling", "Double.Parse", "Double.TryParse",
        "Single.IsNaN", "Double.IsNaN", "Double.IsFinite", "Double.IsInfinity", "Double.ToString",
        "Single.Sqrt", "Double.Sqrt", "Double.Abs", "Double.Floor", "Double.Round", "Double.FusedMultiplyAdd", "Double.CreateTruncating",
        "Vector.FusedMultiplyAdd", "Vector.SquareRoot", "Vector.ConditionalSelect", "Vector.AndNot", "Vector.Xor", "Vector.BitwiseAnd", "Vector.BitwiseOr",
        "Vector.OnesComplement", "Vector.Equals", "Vector.LessThan", "Vector.LessThanOrEqual", "Vector.GreaterThan", "Vector.GreaterThanOrEqual",
        "Vector.ShiftLeft", "Vector.ShiftRightLogical", "Vector.Abs",
        "Vector512.FusedMultiplyAdd", "Vector512.Sqrt", "Vector512.ConditionalSelect", "Vector512.AndNot", "Vector512.Equals", "Vector512.LessThan", "Vector512.GreaterThan",
        "Vector512.GreaterThanOrEqual", "Vector512.ShiftLeft", "Vector512.ShiftRightLogical",
        // What a machine has, not what it computes.
        "Vector.get_IsHardwareAccelerated", "Vector512.get_IsHardwareAccelerated",
        // Moves and reinterpretations.
        "Vector.WidenLower", "Vector.Widen", "Vector.Narrow", "Vector.AsVectorInt32", "Vector.AsVectorInt64", "Vector.AsVectorSingle", "Vector.AsVectorDouble", "Vector.As", "Vector.Create",
        "Vector.LoadUnsafe", "Vector.StoreUnsafe", "Vector.ToScalar",
        "Vector128.Shuffle", "Vector128.Create", "Vector128.AsInt32", "Vector128.AsInt64", "Vector128.As", "Vector128.AsVector", "Vector128.AsVector128",
        "Vector256.Shuffle", "Vector256.Create", "Vector256.AsVector", "Vector256.AsVector256", "Vector256.GetUpper", "Vector256.ToVector512Unsafe",
        "Vector128.ToVector256Unsafe", "Vector512.Shuffle", "Vector512.Create", "Vector512.AsVector", "Vector512.AsVector512", "Vector512.GetUpper", "Vector512.GetLower", "Vector512.LoadUnsafe",
        "Vector128.ToScalar", "Vector256.GetLower", "Vector512.AsSingle", "Vector512.AsDouble", "Vector512.AsInt32", "Vector512.AsInt64", "Vector512.AsUInt32", "Vector512.AsUInt64",
        // Clamps against constants that are never zero, the variable second: see VectorMath.Clamp.
        "Vector.MinNative", "Vector.MaxNative", "Vector512.MinNative", "Vector512.MaxNative",
    ];

    // Generic math reaches the same functions of the platform through these.
    private static readonly HashSet<string> s_forbiddenTypes =
    [
        "IExponentialFunctions`1", "ILogarithmicFunctions`1", "ITrigonometricFunctions`1", "IHyperbolicFunctions`1", "IPowerFunctions`1",
        "TensorPrimitives", "MathF", "BigInteger", "Random",
    ];

    [Fact]
    public void The_runtime_calls_no_platform_function()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        int seen = 0;
        using FileStream stream = File.OpenRead(typeof(IModel<>).Assembly.Location);
        using var file = new PEReader(stream);
        MetadataReader metadata = file.GetMetadataReader();
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            string type = metadata.GetString(metadata.GetTypeReference(handle).Name);
            if (s_forbiddenTypes.Contains(type))
                unknown.Add(type);
        }

        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            string type = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name);
            if (type is not ("Math" or "Vector" or "Vector64" or "Vector128" or "Vector256" or "Vector512" or "Single" or "Double"))
                continue;
            seen++;
            string name = $"{type}.{metadata.GetString(member.Name)}";
            if (!s_allowed.Contains(name))
                unknown.Add(name);
        }

        output.WriteLine(FormattableString.Invariant($"{seen} references"));
        Assert.True(seen > 20);
        Assert.True(unknown.Count == 0, "Not known to give the same bits everywhere: " + string.Join(", ", unknown));
    }
}
