using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.EndToEnd.Tests.Properties;

/// <summary>The JIT gives up optimising beyond 60,000 bytes of IL or 2,000 locals: no emitted method comes near.</summary>
public sealed class MethodSizeTests
{
    private const int Bytes = 60_000;
    private const int Locals = 1_000;

    private readonly ITestOutputHelper _output;

    public MethodSizeTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void EveryEmittedMethodIsOptimised()
    {
        Assembly assembly = PropertyModels.TypeOf(PropertyModels.All[0].Name, PropertyModels.Variants[0]).Assembly;
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        List<(string Name, int Bytes, int Locals)> methods = assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Select(method => (Method: method, Body: method.GetMethodBody()))
            .Where(m => m.Body is not null)
            .Select(m => ($"{m.Method.DeclaringType!.Name}.{m.Method.Name}", m.Body!.GetILAsByteArray()!.Length, m.Body.LocalVariables.Count))
            .ToList();

        (string Name, int Bytes, int Locals) largest = methods.MaxBy(m => m.Bytes);
        (string Name, int Bytes, int Locals) widest = methods.MaxBy(m => m.Locals);
        _output.WriteLine($"{methods.Count} methods; largest {largest}; most locals {widest}");
        Assert.InRange(largest.Bytes, 1, Bytes);
        Assert.InRange(widest.Locals, 1, Locals);
    }
}
