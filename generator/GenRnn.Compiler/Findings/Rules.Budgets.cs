namespace GenRnn.Compiler.Findings;

/// <summary>Rules about sizes.</summary>
public static partial class Rules
{
    /// <summary>Unroll exceeds the method budget.</summary>
    public static readonly Rule UnrollBeyondBudget = new(
        "GEN0501", "GenRnn.Budgets", Severity.Error, Reporter.Compiler, "Unroll exceeds the method budget", "{0}");

    /// <summary>The model exceeds the size budget.</summary>
    public static readonly Rule ModelBeyondBudget = new(
        "GEN0502", "GenRnn.Budgets", Severity.Error, Reporter.Compiler, "The model exceeds the size budget", "{0}");

    /// <summary>A long unrolled loop.</summary>
    public static readonly Rule LongUnroll = new(
        "GEN0503", "GenRnn.Budgets", Severity.Info, Reporter.Analyzer, "A long unrolled loop",
        "Unrolling {0} steps makes the code longer, not faster: Unroll.Auto calls one method per step up to 64 steps and loops beyond");

    /// <summary>The model exceeds its own budget.</summary>
    public static readonly Rule BeyondOwnBudget = new(
        "GEN0504", "GenRnn.Budgets", Severity.Error, Reporter.Compiler, "The model exceeds its own budget", "{0}");
}
