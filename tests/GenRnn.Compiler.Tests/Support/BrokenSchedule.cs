using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Kernels;
using GenRnn.Compiler.Scheduling;
using GenRnn.Compiler.Scheduling.Kernels;

namespace GenRnn.Compiler.Tests.Support;

/// <summary>Schedules with other code in them: what the verifier has to find.</summary>
internal static class BrokenSchedule
{
    /// <summary>The schedule with other statements in one kernel, driver or pass.</summary>
    public static Schedule With(this Schedule schedule, Kernel changed, IReadOnlyList<Statement> body) => schedule.With(k => k == changed ? body : k.Body);

    /// <summary>The schedule with the statements that <paramref name="bodyOf"/> says in each kernel, driver and pass. Callers call what they called, as it is then.</summary>
    public static Schedule With(this Schedule schedule, Func<Kernel, IReadOnlyList<Statement>> bodyOf)
    {
        Dictionary<Kernel, Kernel> known = new();
        Kernel Of(Kernel kernel)
        {
            if (!known.TryGetValue(kernel, out Kernel? changed))
                known[kernel] = changed = kernel.With(new InvokeMap(i => i with { Kernel = Of(i.Kernel) }, Of).Apply(bodyOf(kernel)));
            return changed;
        }

        IReadOnlyList<Statement> Calls(IReadOnlyList<Statement> body) => new InvokeMap(i => i with { Kernel = Of(i.Kernel) }, Of).Apply(body);
        KernelSet kernels = new(schedule.Kernels.Kernels.Select(Of), new Dictionary<Kernel, SizedCall>());
        return schedule with
        {
            Kernels = kernels,
            Passes = new(schedule.Passes.All.Select(Of).ToList(), Calls(schedule.Passes.Run), Calls(schedule.Passes.RunStep), Calls(schedule.Passes.RunBackward), Of(schedule.Passes.Pack)),
        };
    }

    /// <summary>Statements with others in the place of each, inside of loops and branches too.</summary>
    public static IReadOnlyList<Statement> Edited(IReadOnlyList<Statement> body, Func<Statement, IEnumerable<Statement>> edit) => body.SelectMany(statement => statement switch
    {
        Loop s => [s with { Body = Edited(s.Body, edit) }],
        Branch s => [s with { Body = Edited(s.Body, edit), Otherwise = Edited(s.Otherwise, edit) }],
        RegisterBranch s => [new RegisterBranch(Edited(s.Body, edit), Edited(s.Otherwise, edit))],
        Block s => [new Block(Edited(s.Body, edit))],
        // What is done with rows that do not fill a pass, few calls do.
        When { Condition: not Compare } s => [s with { Body = Edited(s.Body, edit), Otherwise = Edited(s.Otherwise, edit) }],
        While s => [s with { Body = Edited(s.Body, edit) }],
        _ => edit(statement),
    }).ToList();
}
