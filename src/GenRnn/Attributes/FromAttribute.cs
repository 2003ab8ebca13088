using System;

namespace GenRnn;

/// <summary>
/// Modifier of the next layer: it reads what is named here, all of its operands in order, rather than what stands in front of it.
/// </summary>
/// <example><code>
/// [Input(TimeSteps = 20, Features = 3, Name = "Series")]
/// [Lstm(8, ReturnSequences = true, Name = "Memory")]
/// [From("Series")]
/// [Conv1D(8, 3, Padding = Padding.Causal, Name = "Window")]
/// [From("Memory", "Window")]
/// [Add]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class FromAttribute : Attribute
{
    /// <summary>Declares the modifier.</summary>
    /// <param name="sources">Names of inputs and layers that stand above; the same one may be named twice.</param>
    public FromAttribute(params string[] sources) => Sources = sources;

    /// <summary>Names of what is read, in order.</summary>
    public string[] Sources { get; }
}
