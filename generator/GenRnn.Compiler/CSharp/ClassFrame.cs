using System.Collections.Generic;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.CSharp;

/// <summary>The namespace and the containing types around the model's second part.</summary>
internal static class ClassFrame
{
    /// <summary>The attribute of whatever is emitted: with the version of this compiler.</summary>
    public static readonly string GeneratedCode =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"GenRnn\", \"" + typeof(ClassFrame).Assembly.GetName().Version!.ToString(3) + "\")]";

    /// <summary>What a model class implements.</summary>
    /// <param name="self">The class, with its type parameters.</param>
    /// <param name="element">Its element type.</param>
    /// <param name="streams">Whether it has a step.</param>
    public static string Interfaces(string self, string element, bool streams) => "global::GenRnn.IModel<" + self + ", " + element + ">"
        + (streams ? ", global::GenRnn.IStreamingModel<" + element + ">" : "") + ", global::GenRnn.CompilerServices.IParallelPasses<" + element + ">";

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
