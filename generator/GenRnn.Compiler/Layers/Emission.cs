using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Layers.Cells;

namespace GenRnn.Compiler.Layers;

/// <summary>
/// What a recurrent layer gives at a step. Under a mask TensorFlow's rule holds: at a masked step the states stay, and the output is the
/// one of the step before (zeros before the first step that counts, whatever the states start from) or, if asked for, zero.
/// </summary>
internal sealed class Emission
{
    private readonly LoweringContext _context;
    private readonly RegionBuilder _b;
    private RegionState? _output;

    public Emission(LoweringContext context, RegionBuilder b)
    {
        _context = context;
        _b = b;
    }

    /// <summary>The step as it is under a mask.</summary>
    /// <param name="step">The step of the cell.</param>
    /// <param name="before">The states before it.</param>
    /// <param name="mask">1 or 0.</param>
    /// <param name="isZero">Whether a masked step gives zero.</param>
    public CellStep Mask(CellStep step, IReadOnlyList<Value> before, Value mask, bool isZero)
    {
        List<Value> states = step.States.Select((next, i) => _b.Choose(mask, next, before[i])).ToList();
        if (isZero)
            return new CellStep(_b.Choose(mask, step.Output, _b.Constant(0, step.Output.Width)), states);

        // A state that starts from zeros is the last output that counted by itself.
        int same = step.States.ToList().IndexOf(step.Output);
        if (same >= 0 && _context.InitialState(same) is null)
            return new CellStep(states[same], states);

        // Given states start anew at every call, and so does the output before them; a row that has a length begins with a step that counts.
        bool isCarried = same < 0 && _context.InitialState(0) is null && !_context.InputMask!.EndsRows;
        _output = new RegionState("y", step.Output.Width, null) { IsCarried = isCarried };
        Value previous = _b.State(_output);
        return new CellStep(_output.Next = _b.Choose(mask, step.Output, previous), states);
    }

    /// <summary>The vector that holds <paramref name="output"/>, which is no state of the cell, after the last step.</summary>
    public Sequence Last(Value output)
    {
        if (_output is null)
        {
            _output = new RegionState("y", output.Width, null) { Next = output };
            _b.State(_output);
        }

        return _output.Final = _context.NewSequence("out", 0, output.Width);
    }
}
