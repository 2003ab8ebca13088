using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace GenRnn.EndToEnd.Tests.Hostile;

/// <summary>Writes a call of every public member of some types: C#, because spans can't be passed by reflection.</summary>
internal static class HostileSource
{
    private static readonly Dictionary<string, string> s_operators = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/",
    };

    /// <summary>A class with a list of calls, each with its name.</summary>
    public static string Write(IEnumerable<Type> types)
    {
        var text = new StringBuilder("""
            using System;
            using System.Collections.Generic;
            using GenRnn.Fingerprint.Hostile;

            public static class AllCalls
            {
                public static List<(string, HostileCall)> List { get; } =
                [

            """);
        foreach (Type type in types)
        {
            foreach ((string name, string body) in Calls(type))
                text.Append("        (\"").Append(type.Name).Append('.').Append(name).Append("\", v => { ").Append(body).Append(" }),\n");
        }

        return text.Append("    ];\n}\n").ToString();
    }

    private static IEnumerable<(string Name, string Body)> Calls(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string name = NameOf(type);
        bool isRequired = type.IsDefined(typeof(RequiredMemberAttribute), false);
        foreach (ConstructorInfo constructor in type.IsAbstract ? [] : type.GetConstructors())
        {
            yield return ("new", isRequired ? $"v.Keep(v.Get<{name}>(\"\"));"
                : type.IsByRefLike ? $"_ = {New(constructor)};"
                : $"v.Keep({New(constructor)});");
        }

        string target = type.IsByRefLike
            ? $"var target = {New(type.GetConstructors().First(c => !c.GetParameters().Any(p => IsSpanOf(p.ParameterType, typeof(int)))))};"
            : $"if (v.Target(typeof({name}), MEMBER) is not {name} target) return;";
        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            MethodInfo accessor = property.GetAccessors()[0];
            string owner = accessor.IsStatic ? name : "target", prologue = accessor.IsStatic ? "" : target.Replace("MEMBER", $"\"{property.Name}\"", StringComparison.Ordinal) + " ";
            if (accessor.IsStatic && accessor.IsAbstract)
                continue;
            ParameterInfo[] index = property.GetIndexParameters();
            string access = index.Length > 0 ? $"{owner}[{Arguments(index)}]" : $"{owner}.{property.Name}";
            if (property.GetMethod is { IsPublic: true })
                yield return (property.Name, prologue + Use(access, property.PropertyType));
            if (property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
                yield return (property.Name + "=", $"{prologue}{access} = {Argument(property.PropertyType, property.Name)};");
        }

        foreach (MethodInfo method in type.GetMethods(Declared))
        {
            ParameterInfo[] parameters = method.GetParameters();
            if (s_operators.TryGetValue(method.Name, out string? symbol))
                yield return (method.Name, $"v.Keep({Argument(parameters[0].ParameterType, "")} {symbol} {Argument(parameters[1].ParameterType, "")});");
            else if (method.Name == "op_UnaryNegation")
                yield return (method.Name, $"v.Keep(-{Argument(parameters[0].ParameterType, "")});");
            if (method.IsSpecialName || (method.IsStatic && method.IsAbstract) || method.Name.Contains('<'))
                continue;
            MethodInfo closed = method.IsGenericMethodDefinition ? method.MakeGenericMethod(method.GetGenericArguments().Select(ArgumentFor).ToArray()) : method;
            string generic = method.IsGenericMethodDefinition ? "<" + string.Join(", ", closed.GetGenericArguments().Select(NameOf)) + ">" : "";
            string call = $"{(method.IsStatic ? name : "target")}.{method.Name}{generic}({Arguments(closed.GetParameters())})";
            yield return (method.Name, (method.IsStatic ? "" : target.Replace("MEMBER", $"\"{method.Name}\"", StringComparison.Ordinal) + " ") + Use(call, closed.ReturnType));
        }
    }

    private static string Use(string expression, Type type) => type == typeof(void) ? expression + ";"
        : type.IsByRefLike || type.IsByRef ? $"_ = {expression};"
        : $"v.Keep({expression});";

    private static string New(ConstructorInfo constructor) => $"new {NameOf(constructor.DeclaringType!)}({Arguments(constructor.GetParameters())})";

    private static string Arguments(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(p =>
        p.IsOut ? "out _"
        : p.ParameterType.IsByRef && !p.IsIn ? $"ref v.Ref<{NameOf(p.ParameterType.GetElementType()!)}>(\"{p.Name}\")!"
        : Argument(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType, p.Name!)));

    private static string Argument(Type type, string name)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() is { } definition && (definition == typeof(Span<>) || definition == typeof(ReadOnlySpan<>)))
        {
            Type element = type.GetGenericArguments()[0];
            return element.IsArray ? $"v.Arrays<{NameOf(element.GetElementType()!)}>()"
                : $"v.{(definition == typeof(Span<>) ? "Span" : "ReadOnlySpan")}<{NameOf(element)}>(\"{name}\")";
        }

        return type == typeof(PredictionBatch<float>) ? "v.Batch()" : $"v.Get<{NameOf(type)}>(\"{name}\")";
    }

    private static bool IsSpanOf(Type type, Type element) => type == typeof(ReadOnlySpan<>).MakeGenericType(element);

    /// <summary>What stands for a type parameter: the elements' type, or whatever an update is told.</summary>
    private static Type ArgumentFor(Type parameter) => parameter.Name == "TArg" ? typeof(int) : typeof(float);

    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return NameOf(inner) + "?";
        string name = type.IsNested ? NameOf(type.DeclaringType!) + "." + type.Name : (type.Namespace is null ? "" : "global::" + type.Namespace + ".") + type.Name;
        return type.IsGenericType && name.Contains('`')
            ? name[..name.IndexOf('`')] + "<" + string.Join(", ", type.GetGenericArguments().Select(NameOf)) + ">"
            : name;
    }
}
