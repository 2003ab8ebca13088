namespace GenRnn.Compiler.Findings;

/// <summary>Rules about the class and its list of attributes.</summary>
public static partial class Rules
{
    /// <summary>A model class must be partial.</summary>
    public static readonly Rule NotPartial = new(
        "GEN0101", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A model class must be partial",
        "'{0}' must be partial, because Gen writes its second part");

    /// <summary>A model starts with [Input].</summary>
    public static readonly Rule NoInput = new(
        "GEN0102", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A model starts with [Input]", "{0}");

    /// <summary>The layers of a model stand on one declaration.</summary>
    public static readonly Rule SpreadAttributes = new(
        "GEN0103", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "The layers of a model stand on one declaration",
        "The attributes of '{0}' are spread over several partial declarations, which have no order among them; write all of them on one");

    /// <summary>The class cannot be extended by Gen.</summary>
    public static readonly Rule NotExtensible = new(
        "GEN0104", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "The class cannot be extended by Gen",
        "Gen cannot extend '{0}', because {1}; {2}");

    /// <summary>A modifier needs a layer after it.</summary>
    public static readonly Rule ModifierWithoutLayer = new(
        "GEN0105", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A modifier needs a layer after it",
        "'{0}' modifies the layer after it, but {1}");

    /// <summary>A Name must be an identifier of its own.</summary>
    public static readonly Rule InvalidName = new(
        "GEN0106", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A Name must be an identifier of its own",
        "The Name '{0}' of {1} {2}");

    /// <summary>Only one input may go unnamed.</summary>
    public static readonly Rule UnnamedInputs = new(
        "GEN0107", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "Only one input may go unnamed",
        "'{0}' has more than one input without a Name; name all but one, because the parameters of Predict are called after them");

    /// <summary>A member clashes with a generated one.</summary>
    public static readonly Rule MemberClash = new(
        "GEN0108", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A member clashes with a generated one", "{0}");

    /// <summary>Not a layer of Gen.</summary>
    public static readonly Rule UnknownLayer = new(
        "GEN0109", "GenRnn.Declaration", Severity.Error, Reporter.Generator, "Not a layer of Gen",
        "'{0}' is neither a layer nor a modifier of Gen{1}") { StopsCompiler = true };

    /// <summary>Another class hides an attribute of Gen.</summary>
    public static readonly Rule HiddenAttribute = new(
        "GEN0110", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "Another class hides an attribute of Gen",
        "'{0}' is '{1}' here, which hides the attribute of Gen; write 'GenRnn.{2}', or rename that class");

    /// <summary>A base class that does not fit a model.</summary>
    public static readonly Rule UnfitBase = new(
        "GEN0111", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "A base class that does not fit a model", "{0}");

    /// <summary>One of several outputs needs a Name.</summary>
    public static readonly Rule UnnamedOutput = new(
        "GEN0112", "GenRnn.Declaration", Severity.Error, Reporter.Compiler, "One of several outputs needs a Name", "{0}");
}
