using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GenRnn.Generator.Tests.Hosting;

/// <summary>Walks all fields of an object, and of what they hold.</summary>
internal static class ObjectGraph
{
    /// <summary>Fails if a symbol, syntax, compilation or semantic model can be reached: it would keep a whole compilation alive
    /// and never be equal to the next one's. Returns how many objects were seen.</summary>
    public static int AssertHoldsNoRoslynState(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(object Value, string Path)>();
        pending.Push((root, root.GetType().Name));
        while (pending.TryPop(out (object Value, string Path) next))
        {
            if (!seen.Add(next.Value))
                continue;

            Assert.False(
                next.Value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or AttributeData,
                next.Path + " holds a " + next.Value.GetType());

            if (next.Value is string || next.Value.GetType().IsPrimitive || next.Value is MemberInfo)
                continue;
            if (next.Value is Array array)
            {
                foreach (object? element in (IEnumerable)array)
                    Push(element, next.Path + "[]");
                continue;
            }

            for (Type? type = next.Value.GetType(); type is not null; type = type.BaseType)
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    Push(field.GetValue(next.Value), next.Path + "." + field.Name);
            }
        }

        return seen.Count;

        void Push(object? value, string path)
        {
            if (value is not null)
                pending.Push((value, path));
        }
    }
}
