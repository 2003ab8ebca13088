using System.Collections.Generic;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp;

/// <summary>The namespace and the containing types around the model's second part.</summary>
internal static class ClassFrame
{
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"GenRnn\", \"0.1.0\")]";

    public static void Open(CodeWriter code, ClassSpec type, string interfaces, IEnumerable<string> summary)
    {
        if (type.Namespace.Length > 0)
            code.Open("namespace " + type.Namespace);
        foreach (string container in type.Containers)
            code.Open(container);
        foreach (string line in summary)
            code.Line(line);
        code.Line(GeneratedCode);
        code.Open("partial " + type.Keyword + " " + type.Name + type.TypeParameters + (interfaces.Length == 0 ? "" : " : " + interfaces));
    }

    public static void Close(CodeWriter code, ClassSpec type)
    {
        code.Close();
        for (int i = 0; i < type.Containers.Count; i++)
            code.Close();
        if (type.Namespace.Length > 0)
            code.Close();
    }
}
