using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GenRnn.Generator.Diagnostics;

/// <summary>
/// Where a diagnostic's page opens. The pages come with the package, so where they lie is known to the build alone: its property <c>GenRnnHelp</c>, set in
/// <c>GenRnn.targets</c>, is a folder, or an address once there is one. Without it a diagnostic names the file in the package.
/// </summary>
public static class HelpPages
{
    private const string Property = "build_property.GenRnnHelp";

    /// <summary>The address of all pages, with a slash at the end; empty if the build does not say it.</summary>
    public static string AddressIn(AnalyzerConfigOptionsProvider options)
    {
        if (!options.GlobalOptions.TryGetValue(Property, out string? written) || string.IsNullOrWhiteSpace(written))
            return "";
        string folder = written.Trim();
        if (!folder.EndsWith("/", StringComparison.Ordinal) && !folder.EndsWith("\\", StringComparison.Ordinal))
            folder += "/";
        return Uri.TryCreate(folder, UriKind.Absolute, out Uri? address) ? address.AbsoluteUri : "";
    }

    /// <summary>The same diagnostic with a link to its page.</summary>
    /// <param name="diagnostic">One of the table's.</param>
    /// <param name="address">What <see cref="AddressIn"/> gives.</param>
    public static Diagnostic Link(Diagnostic diagnostic, string address)
    {
        if (address.Length == 0)
            return diagnostic;
        DiagnosticDescriptor descriptor = diagnostic.Descriptor;
        return Diagnostic.Create(
            diagnostic.Id, descriptor.Category, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            diagnostic.Severity, diagnostic.DefaultSeverity, descriptor.IsEnabledByDefault, diagnostic.WarningLevel,
            descriptor.Title, descriptor.Description, address + diagnostic.Id + ".md",
            diagnostic.Location, diagnostic.AdditionalLocations, descriptor.CustomTags, diagnostic.Properties);
    }
}
