namespace GenRnn.Compiler.Findings;

/// <summary>Rules about what stops the build of a model.</summary>
public static partial class Rules
{
    /// <summary>A broken model must not compile, whatever a user's configuration says about other rules.</summary>
    public static readonly Rule NotGenerated = new(
        "GEN0001", "GenRnn", Severity.Error, Reporter.Generator, "The model was not generated",
        "'{0}' was not generated: {1}") { IsConfigurable = false };

    /// <summary>An exception inside the compiler.</summary>
    public static readonly Rule InternalError = new(
        "GEN0002", "GenRnn", Severity.Error, Reporter.Generator, "Internal error of Gen",
        "Gen failed while it compiled '{0}' ({1}); this is a bug of Gen, please report it") { IsConfigurable = false };
}
