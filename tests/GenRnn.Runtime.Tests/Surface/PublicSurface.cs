using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GenRnn.Runtime.Tests.Surface;

/// <summary>What an assembly lets others see, as text: a line for each type and member, sorted, so that a difference is a change of the surface.</summary>
internal sealed class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _nullability = new();
    private readonly StringBuilder _text = new();

    private PublicSurface()
    {
    }

    public static string Of(Assembly assembly)
    {
        PublicSurface surface = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.Namespace, StringComparer.Ordinal).ThenBy(FullName, StringComparer.Ordinal))
            surface.Write(type);
        return surface._text.ToString();
    }

    private void Write(Type type)
    {
        _text.Append(type.Namespace).Append(": ").Append(Head(type)).Append('\n');
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} = {Enum.Parse(type, n):D}"))
            : IsDelegate(type) ? [Signature("", type.GetMethod("Invoke")!)]
            : type.GetMembers(Declared).Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute), false)).Select(Member).OfType<string>().Order(StringComparer.Ordinal);
        foreach (string member in members)
            _text.Append("    ").Append(member).Append('\n');
    }

    private static string Head(Type type)
    {
        string kind = type.IsEnum ? "enum " : IsDelegate(type) ? "delegate " : type.IsInterface ? "interface "
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + "struct "
            : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class ";
        Type[] inherited = type.IsInterface ? [] : type.BaseType?.GetInterfaces() ?? [];
        List<string> bases = [.. type.GetInterfaces().Except(inherited).Where(i => i.IsVisible).Select(Name).Order(StringComparer.Ordinal)];
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && !IsDelegate(type))
            bases.Insert(0, Name(parent));
        return kind + FullName(type) + (bases.Count == 0 || type.IsEnum || IsDelegate(type) ? "" : " : " + string.Join(", ", bases)) + Constraints(type.GetGenericArguments());
    }

    /// <summary>A member that can be seen outside; null for any other, and for accessors, which their property shows.</summary>
    private string? Member(MemberInfo member) => member switch
    {
        FieldInfo field when Access(field.Attributes.HasFlag(FieldAttributes.Public), field.IsFamily || field.IsFamilyOrAssembly) is { } access =>
            access + (field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")) + Name(field.FieldType, _nullability.Create(field)) + " " + field.Name
            + (field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : ""),
        PropertyInfo property => Property(property),
        EventInfo @event when Access(@event.AddMethod!) is { } access => access + "event " + Name(@event.EventHandlerType!) + " " + @event.Name,
        ConstructorInfo { IsStatic: false } constructor when Access(constructor) is { } access => access + "new" + Parameters(constructor),
        MethodInfo { IsSpecialName: false } method when Access(method) is { } access => access + Modifiers(method) + Signature(method.Name, method),
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) => "static " + Signature(method.Name, method),
        _ => null,
    };

    private string? Property(PropertyInfo property)
    {
        string?[] accessors = [Accessor(property.GetMethod, "get;"), Accessor(property.SetMethod, IsInit(property) ? "init;" : "set;")];
        if (accessors.All(a => a is null))
            return null;
        MethodInfo shown = new[] { property.GetMethod, property.SetMethod }.First(m => m is not null && Access(m) is not null)!;
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length == 0 ? property.Name : "this[" + string.Join(", ", indices.Select(Parameter)) + "]";
        bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute), false);
        return Access(shown) + (isRequired ? "required " : "") + Modifiers(shown) + Reference(shown) + Name(property.PropertyType, _nullability.Create(property)) + " " + name
            + " { " + string.Join(" ", accessors.OfType<string>()) + " }";

        string? Accessor(MethodInfo? method, string text) =>
            method is null || Access(method) is not { } access ? null : property.GetMethod is { } get && Access(get) is not null && access != Access(get) ? access + text : text;
    }

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;

    private static string? Access(MethodBase method) => Access(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly);

    private static string? Access(bool isPublic, bool isFamily) => isPublic ? "" : isFamily ? "protected " : null;

    private static string Modifiers(MethodInfo method) => (method.IsStatic ? "static " : "")
        + (method.DeclaringType!.IsInterface ? method.IsAbstract && method.IsStatic ? "abstract " : "" : method.IsAbstract ? "abstract "
            : !method.IsVirtual ? "" : method.GetBaseDefinition() != method ? method.IsFinal ? "sealed override " : "override " : method.IsFinal ? "" : "virtual ");

    private string Signature(string name, MethodInfo method)
    {
        string generic = method.IsGenericMethodDefinition ? "<" + string.Join(", ", method.GetGenericArguments().Select(a => a.Name)) + ">" : "";
        return Reference(method) + Name(method.ReturnType, _nullability.Create(method.ReturnParameter)) + " " + name + generic
            + Parameters(method) + Constraints(method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
    }

    private static string Reference(MethodInfo method) => !method.ReturnType.IsByRef ? ""
        : method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(InAttribute)) ? "ref readonly " : "ref ";

    private string Parameters(MethodBase method) =>
        "(" + (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter)) + ")";

    private string Parameter(ParameterInfo parameter)
    {
        string way = !parameter.ParameterType.IsByRef ? parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) ? "params " : ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string absent = !parameter.HasDefaultValue ? "" : " = " + (parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType ? "default" : Literal(parameter.RawDefaultValue));
        if (parameter is { HasDefaultValue: true, ParameterType.IsEnum: true })
            absent = " = " + Enum.GetName(parameter.ParameterType, parameter.RawDefaultValue!);
        return way + Name(parameter.ParameterType, _nullability.Create(parameter)) + " " + parameter.Name + absent;
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Where(p => p.IsGenericParameter).Select(p =>
    {
        GenericParameterAttributes flags = p.GenericParameterAttributes;
        bool isValue = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> all = [.. p.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal)];
        if (isValue)
            all.Insert(0, p.CustomAttributes.Any(a => a.AttributeType.Name == "IsUnmanagedAttribute") ? "unmanaged" : "struct");
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            all.Insert(0, "class");
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue)
            all.Add("new()");
        return all.Count == 0 ? "" : " where " + p.Name + " : " + string.Join(", ", all);
    }));

    private static string Name(Type type, NullabilityInfo nullability)
    {
        // Of a type argument's own nullability nothing is said: a change there changes the member's type as well, or nothing that a caller sees.
        bool canBeNull = !type.IsValueType && !type.IsByRef
            && (!type.IsGenericParameter || type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint));
        bool isNullable = canBeNull && nullability.ReadState == NullabilityState.Nullable;
        return Name(type) + (isNullable ? "?" : "");
    }

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsPointer)
            return Name(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        return type.IsGenericParameter ? type.Name : s_keywords.GetValueOrDefault(type) ?? FullName(type);
    }

    /// <summary>The name with the types around it, without its namespace.</summary>
    private static string FullName(Type type)
    {
        string name = type.Name.Split('`')[0];
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        Type[] own = type.GetGenericArguments()[outer..];
        if (own.Length > 0)
            name += "<" + string.Join(", ", own.Select(a => (a.IsGenericParameter && a.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant) ? "out " : "") + Name(a))) + ">";
        return type.DeclaringType is { } around ? FullName(around) + "." + name : name;
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(nint)] = "nint", [typeof(float)] = "float", [typeof(double)] = "double",
    };
}
