using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GenRnn.Compiler.Findings;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Targets;
using Place = GenRnn.Compiler.Findings.Place;

namespace GenRnn.Compiler.Scheduling;

/// <summary>
/// Keeps every method inside what the JIT optimises (60,000 bytes of IL, beyond which a method runs some fifteen times slower), and the
/// model inside what a build bears. Sizes are estimated from the schedule, before anything is printed.
/// </summary>
public static class MethodBudget
{
    /// <summary>What exceeds the budget, or null.</summary>
    public static Finding? Check(Schedule schedule)
    {
        List<Kernel> methods = schedule.Kernels.Kernels.Concat(schedule.Passes.All).Append(schedule.Passes.Pack).ToList();
        Kernel? largest = methods.OrderByDescending(KernelSize.Estimate).FirstOrDefault();
        int total = methods.Sum(KernelSize.Estimate);
        string? message = null;
        if (largest is not null && KernelSize.Estimate(largest) > Target.MethodBytes)
        {
            message = string.Format(CultureInfo.InvariantCulture,
                "the method '{0}' would have about {1:N0} bytes of IL, more than the {2:N0} that are optimised for certain", largest.Name, KernelSize.Estimate(largest), Target.MethodBytes);
        }
        else if (total > Target.ModelBytes)
        {
            message = string.Format(CultureInfo.InvariantCulture,
                "the model would have about {0:N0} bytes of IL, more than its budget of {1:N0}; unroll less, or split it", total, Target.ModelBytes);
        }

        return message is null ? null
            : new Finding(Rules.ModelBeyondBudget, Place.Class, message);
    }
}
