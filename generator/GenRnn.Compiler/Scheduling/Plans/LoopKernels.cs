using System.Collections.Generic;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;

namespace GenRnn.Compiler.Scheduling.Plans;

/// <summary>A time loop with the kernels of its regions, in their order.</summary>
/// <param name="Group">The loop.</param>
/// <param name="Starts">Run once, in front of it.</param>
/// <param name="Calls">Run at each step.</param>
/// <param name="Ends">Run once, behind it.</param>
public sealed record LoopKernels(LoopGroup Group, IReadOnlyList<KernelCall> Starts, IReadOnlyList<KernelCall> Calls, IReadOnlyList<KernelCall> Ends);
