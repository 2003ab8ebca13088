using System;

namespace GenRnn;

/// <summary>What a model may cost. One that costs more does not compile; the error lists what each layer costs.</summary>
/// <remarks>
/// Anywhere among the attributes of the class, once. All sizes are known when the model is compiled, so a limit is kept by every
/// build, not by a test on somebody's machine. A limit that is not set is none; a limit must be positive.
/// </remarks>
/// <example><code>
/// [Budget(MaxParameters = 2_000, MaxWorkspaceBytes = 64 * 1024)]
/// [Input(TimeSteps = 50, Features = 1, Batch = 1)]
/// [Lstm(16)]
/// [Dense(1)]
/// public partial class Keyword;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>Most values that the layers may learn: the class's <c>ParameterCount</c>.</summary>
    public long MaxParameters { get; set; }

    /// <summary>Most bytes of one workspace, arena and gradients together: the class's <c>WorkspaceBytes</c>.</summary>
    public long MaxWorkspaceBytes { get; set; }

    /// <summary>Most multiply-adds of one row's forward pass: the class's <c>MultiplyAddsPerRow</c>.</summary>
    public long MaxMultiplyAdds { get; set; }
}
