using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Passes;

/// <summary>The passes between autodiff and scheduling, in their order. Each leaves a program that the verifier accepts.</summary>
public static class Pipeline
{
    public static void Run(Program program)
    {
        SplitInputGradients.Run(program);
        RemoveDeadValues.Run(program);
        Verifier.Check(program);
    }

    /// <summary>The same for a training pass of so many rows, for a cache of so many elements.</summary>
    public static void RunForTraining(Program program, int rows, int cachedElements)
    {
        Run(program);
        KeepPartsApart.Run(program, rows, cachedElements);
        Verifier.Check(program);
    }

    /// <summary>The same for a program that only infers.</summary>
    public static void RunForInference(Program program)
    {
        InferenceMode.Run(program);
        MergeProducts.Run(program);
        Run(program);
    }

    /// <summary>The same for inference on a single row.</summary>
    public static void RunForOneRow(Program program)
    {
        RunForInference(program);
        HoistInputProducts.Run(program);
        TakeStepsAsRows.Run(program);
        Verifier.Check(program);
    }
}
