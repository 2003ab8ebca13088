using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>What users see in an attribute that sets nothing is what the compiler takes for granted: each attribute is made, and its properties are compared with the flags.</summary>
public class FlagDefaultTests
{
    public static TheoryData<string> Kinds => new(Catalogue.Items.Select(i => i.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_attribute_that_sets_nothing_says_what_its_flags_say(string kind)
    {
        ItemDefinition item = Catalogue.Find(kind)!;
        Type type = typeof(InputAttribute).Assembly.GetType("GenRnn." + kind + "Attribute", throwOnError: true)!;
        ConstructorInfo constructor = type.GetConstructors().Single();
        object attribute = constructor.Invoke(constructor.GetParameters().Select(Given).ToArray());

        List<string> wrong = [];
        foreach (FlagDefinition flag in item.Flags)
        {
            object? shown = type.GetProperty(flag.Name)!.GetValue(attribute);
            // A width that must be said, a limit that there may not be: without a default the property has its type's.
            object? expected = flag.Default is not null ? flag.Default : flag.IsPositional ? shown : Zero(flag);
            if (Text(shown) != Text(expected))
                wrong.Add($"{flag.Name} is {Text(shown)}, its flag says {Text(expected)}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void What_is_read_where_nothing_was_set_is_the_default()
    {
        foreach (FlagDefinition flag in Catalogue.Items.SelectMany(i => i.Flags).Where(f => f.Default is not null))
            Assert.Equal(Text(flag.Default), Text(flag.GetType().GetProperty(nameof(Flag<int>.Absent))!.GetValue(flag)));
    }

    /// <summary>What a constructor takes: its own default, or anything.</summary>
    private static object? Given(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType == typeof(string) ? "name"
        : parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0)
        : Activator.CreateInstance(parameter.ParameterType);

    private static object? Zero(FlagDefinition flag) => flag.Type switch
    {
        FlagType.Integer or FlagType.LongInteger or FlagType.Number => 0,
        FlagType.Boolean => false,
        _ => null,
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        bool or string or Enum => value.ToString()!,
        Array => "",
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
    };
}
