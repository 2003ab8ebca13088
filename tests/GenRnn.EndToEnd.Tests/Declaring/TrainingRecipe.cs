using System;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.Training.Tests;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>Keras' optimiser and loss configurations as objects of the runtime. A new one is a row of a table in <see cref="KerasSettings"/>.</summary>
internal static class TrainingRecipe
{
    public static Optimizer CreateOptimizer(TrainingGolden golden) => Supported(() => KerasSettings.CreateOptimizer(golden.OptimizerClass, golden.Optimizer));

    public static Loss CreateLoss(TrainingGolden golden) => Supported(() => KerasSettings.CreateLoss(golden.Loss));

    public static T Supported<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (NotSupportedException problem)
        {
            throw new NotSupportedCaseException(problem.Message);
        }
    }
}
