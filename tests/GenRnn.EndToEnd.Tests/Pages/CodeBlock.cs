using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using GenRnn.EndToEnd.Tests.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.EndToEnd.Tests.Pages;

/// <summary>
/// A C# block of a page: declarations, and statements that use them. A comment behind either says what shapes there are,
/// <c>// [32, 10, 8] -> [32, 10, 4]</c> of a model's inputs and outputs, <c>// y [32, 4]</c> of the arrays of a statement.
/// </summary>
/// <param name="Page">File name of the page.</param>
/// <param name="Line">Line of the page on which the block starts.</param>
/// <param name="Text">The code.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Text)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <summary>Where the block's code is compiled.</summary>
    public string Namespace => string.Create(CultureInfo.InvariantCulture, $"Pages.{PageName()}.Line{Line}");

    public string ClassName => "Example";

    /// <summary>All C# blocks of a page, in order.</summary>
    public static IReadOnlyList<CodeBlock> Of(string page, string markdown)
    {
        var blocks = new List<CodeBlock>();
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd() != "```csharp")
                continue;
            int end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == "```");
            blocks.Add(new CodeBlock(page, i + 2, string.Join('\n', lines[(i + 1)..end])));
            i = end;
        }

        return blocks;
    }

    /// <summary>The block as a class whose <c>Run</c> executes its statements and checks each shape that a comment states.</summary>
    public ModelSource Source()
    {
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(Text, options: ParseOptions);
        var body = new StringBuilder();
        var types = new StringBuilder();
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            string comment = Comment(member);
            if (member is GlobalStatementSyntax statement)
            {
                body.Append("        ").Append(statement.Statement.ToString()).Append('\n');
                foreach (Match array in ArrayShape().Matches(comment))
                    body.Append(CultureInfo.InvariantCulture, $"        global::GenRnn.EndToEnd.Tests.Pages.ShapeCheck.Array(\"{array.Groups["name"].Value}\", {array.Groups["name"].Value}.Length, {array.Groups["shape"].Value});\n");
            }
            else
            {
                types.Append(member.ToFullString()).Append('\n');
                if (member is TypeDeclarationSyntax type && comment.Contains("->", StringComparison.Ordinal))
                    body.Insert(0, $"        global::GenRnn.EndToEnd.Tests.Pages.ShapeCheck.Model({type.Identifier.ValueText}.Info, \"{comment}\");\n");
            }
        }

        return new ModelSource(Namespace, ClassName, $"using System;\n\npublic static class {ClassName}\n{{\n    public static void Run()\n    {{\n{body}    }}\n}}\n\n{types}");
    }

    /// <summary>Number of shapes that the block states.</summary>
    public int ShapeCount => Shape().Count(string.Join('\n', Text.Split('\n').Where(l => l.Contains("//", StringComparison.Ordinal)).Select(l => l[l.IndexOf("//", StringComparison.Ordinal)..])));

    // The comment on the last line of a member.
    private static string Comment(MemberDeclarationSyntax member) =>
        member.GetTrailingTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)).ToString();

    private string PageName() => string.Concat(System.IO.Path.GetFileNameWithoutExtension(Page).Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    [GeneratedRegex(@"(?<name>[A-Za-z_]\w*) \[(?<shape>\d+(, \d+)*)\]")]
    private static partial Regex ArrayShape();

    [GeneratedRegex(@"\[\d+(, \d+)*\]")]
    private static partial Regex Shape();
}
