using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>Where code waits for tasks, by the names that this has.</summary>
internal static class Waiting
{
    /// <summary>Whether a call that starts a task is awaited, or waited for, on the spot.</summary>
    public static bool IsWaitedFor(SyntaxNode call)
    {
        SyntaxNode node = call;
        while (node.Parent is MemberAccessExpressionSyntax access && access.Expression == node)
        {
            if (access.Name.Identifier.ValueText != "ConfigureAwait" || access.Parent is not InvocationExpressionSyntax configured)
                return Waits(access);
            node = configured;
        }

        return node.Parent is AwaitExpressionSyntax;
    }

    /// <summary>Whether anything is waited for between two positions of a piece of code.</summary>
    public static bool StandsBetween(SyntaxNode code, int start, int end) => code.DescendantNodes()
        .Any(node => node.SpanStart >= start && node.Span.End <= end && (node is AwaitExpressionSyntax || (node is MemberAccessExpressionSyntax access && Waits(access))));

    private static bool Waits(MemberAccessExpressionSyntax access) =>
        access.Name.Identifier.ValueText is "Wait" or "WaitAll" or "WaitAny" or "Result" or "GetResult" or "GetAwaiter" or "Join" or "WaitOne" or "SignalAndWait";
}
