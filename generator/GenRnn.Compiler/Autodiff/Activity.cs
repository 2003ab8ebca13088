using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Autodiff;

/// <summary>
/// Which values depend on an input of the model or on a parameter that is trained. No gradient flows into the others: what is drawn at random is the
/// same however the parameters change.
/// </summary>
internal sealed class Activity
{
    private readonly HashSet<Sequence> _sequences;
    private readonly HashSet<Value> _values = new();

    public Activity(Program program)
    {
        _sequences = new HashSet<Sequence>(program.Inputs);
        foreach (Region region in program.Forward)
            Visit(region);
    }

    public bool IsActive(Value value) => _values.Contains(value);

    private static bool IsTrained(Value value) => value.Argument switch
    {
        ViewArgument parameter => parameter.View.Parameter.IsTrainable,
        ProductArgument product => product.Bias is { Parameter.IsTrainable: true } || product.Weights.Any(w => w.Parameter.IsTrainable),
        _ => false,
    };

    private void Visit(Region region)
    {
        foreach (Value value in region.Values)
        {
            bool isActive = value.Op switch
            {
                OpCode.Input => _sequences.Contains(region.Inputs[value.Index].Source),
                // A state is what it becomes, which stands behind it: taken as active.
                OpCode.State => true,
                _ when IsTrained(value) => true,
                _ => value.Operands.Any(_values.Contains),
            };
            if (isActive)
                _values.Add(value);
        }

        _sequences.UnionWith(region.Outputs.Where(o => _values.Contains(o.Value)).Select(o => o.Target));
        _sequences.UnionWith(region.States.Where(s => s.Final is not null).Select(s => s.Final!));
    }
}
