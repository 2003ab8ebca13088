using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using GenRnn.Compiler.Language;
using GenRnn.Compiler.Registry;
using GenRnn.Generator.Parsing;
using Xunit;

namespace GenRnn.Generator.Tests.Parsing;

/// <summary>The catalogue, which the compiler goes by, and the attributes, which users see, are one language.</summary>
public class CatalogueTests
{
    [Fact]
    public void Has_an_attribute_for_every_item_and_no_others() => Assert.Equal(
        Catalogue.Items.Select(i => i.Kind + "Attribute").Order(StringComparer.Ordinal),
        typeof(InputAttribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(Attribute)) && t.Namespace == "GenRnn")
            .Select(t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_flag_is_a_property_or_a_parameter_of_its_type()
    {
        foreach (ItemDefinition item in Catalogue.Items)
        {
            Type attribute = typeof(InputAttribute).Assembly.GetType("GenRnn." + item.Kind + "Attribute", throwOnError: true)!;
            ParameterInfo[] parameters = attribute.GetConstructors().Single().GetParameters();

            Assert.Equal(
                item.Flags.Where(f => f.IsPositional).Select(f => (ArgumentReader.ParameterName(f), Describe(f))),
                parameters.Select(p => (p.Name!, Describe(p.ParameterType))));
            Assert.Equal(
                item.Flags.Where(f => !f.IsPositional).Select(f => (f.Name, Describe(f))).Order(),
                attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(p => p.CanWrite).Select(p => (p.Name, Describe(p.PropertyType))).Order());
        }
    }

    [Fact]
    public void Attributes_stand_on_classes_are_not_inherited_and_repeat_unless_they_are_the_class_s()
    {
        foreach (ItemDefinition item in Catalogue.Items)
        {
            Type attribute = typeof(InputAttribute).Assembly.GetType("GenRnn." + item.Kind + "Attribute", throwOnError: true)!;
            AttributeUsageAttribute usage = attribute.GetCustomAttribute<AttributeUsageAttribute>()!;

            Assert.Equal((AttributeTargets.Class, false, item.Role is not (ItemRole.Model or ItemRole.Cell)), (usage.ValidOn, usage.Inherited, usage.AllowMultiple));
            Assert.True(attribute.IsSealed);
        }
    }

    // A class's attributes are bound with its members in scope: a generated class called Dense would hide [Dense], and anything called
    // Activation the enum. A method may be called as an attribute is (Backward), because an attribute's name is looked up among types alone.
    [Fact]
    public void No_generated_member_has_the_name_of_a_type()
    {
        IEnumerable<string> types = typeof(InputAttribute).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "GenRnn").Select(t => t.Name.Split('`')[0]);

        Assert.DoesNotContain(types, GeneratedMembers.Contains);
        Assert.DoesNotContain(Catalogue.Items.Select(i => i.Kind), kind => GeneratedMembers.Contains(kind) && !GeneratedMembers.IsMethod(kind));
    }

    private static string Describe(FlagDefinition flag) => flag.Type == FlagType.Enum ? flag.EnumName : flag.Type.ToString();

    private static string Describe(Type type) =>
        type == typeof(int) ? nameof(FlagType.Integer)
        : type == typeof(long) ? nameof(FlagType.LongInteger)
        : type == typeof(double) ? nameof(FlagType.Number)
        : type == typeof(bool) ? nameof(FlagType.Boolean)
        : type == typeof(string) ? nameof(FlagType.Text)
        : type == typeof(string[]) ? nameof(FlagType.TextList)
        : type == typeof(int[]) ? nameof(FlagType.IntegerList)
        : type == typeof(Type[]) ? nameof(FlagType.TypeList)
        : type.Name;
}
