using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Calls that carry a state on, through Predict and through Forward; then the first call again after a reset.</summary>
internal static class StatefulRunner
{
    private delegate void Call<T>(ReadOnlySpan<T> inputs, Span<T> outputs, ModelState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>;

    public static List<TensorError> Run<T>(StatefulPlan plan, IModel<T> model, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelInfo info = model.Info;
        if (!info.IsStateful)
            throw new InvalidOperationException("The model does not say that it is stateful.");
        model.SetWeights(plan.Weights.Select(w => w.ValuesAs<T>()).ToArray());
        ModelWorkspace<T> workspace = model.CreateWorkspace();
        var errors = new List<TensorError>();
        Run("Predict", (x, y, state) => model.Predict(x, y, state));
        Run("Forward", (x, y, state) => model.Forward(x, y, state, workspace, training: false));
        return errors;

        void Run(string how, Call<T> call)
        {
            ModelState<T> state = model.CreateState(plan.Rows);
            for (int i = 0; i < plan.Inputs.Count; i++)
                Compare(plan.Inputs[i], plan.Outputs[i]);
            state.Reset();
            Compare(plan.Inputs[0], plan.AfterReset);

            void Compare(Tensor input, Tensor reference)
            {
                var outputs = new T[plan.Rows * info.OutputLength];
                call(Packing.Pack<T>(info.Inputs, [input], timeMajor), outputs, state);
                Tensor ours = Packing.Unpack<T>(info.Outputs, outputs, plan.Rows, timeMajor).Single();
                errors.Add(TensorError.Of(TensorRole.Output, $"{how}: {reference.Path}", ours.Values, reference.Values, TensorError.GateOf<T>()));
            }
        }
    }
}
