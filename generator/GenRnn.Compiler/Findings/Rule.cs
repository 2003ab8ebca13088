using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GenRnn.Compiler.Findings;

/// <summary>One kind of mistake.</summary>
/// <param name="Id">Its ID, <c>GEN0301</c>.</param>
/// <param name="Category">The group it is configured with.</param>
/// <param name="Severity">Its severity where nobody configured it.</param>
/// <param name="Reporter">Who says it.</param>
/// <param name="Title">What it is about, in a line.</param>
/// <param name="Message">Format of the message. Rules of the compiler bring their whole sentence along: <c>{0}</c>.</param>
public sealed record Rule(string Id, string Category, Severity Severity, Reporter Reporter, string Title, string Message)
{
    /// <summary>Whether it is said where nobody asked for it.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether a configuration may change it: a broken model must not compile, whatever it says.</summary>
    public bool IsConfigurable { get; init; } = true;

    /// <summary>Whether the mistake is an error of C# in an attribute as well, at which the compiler stops.</summary>
    public bool StopsCompiler { get; init; }

    /// <summary>Its page, relative to the root of the package and of the repository.</summary>
    public string HelpPage => "docs/diagnostics/" + Id + ".md";

    /// <summary>The message, in the invariant culture.</summary>
    public string Format(IEnumerable<string> arguments) => string.Format(CultureInfo.InvariantCulture, Message, arguments.Cast<object>().ToArray());
}
