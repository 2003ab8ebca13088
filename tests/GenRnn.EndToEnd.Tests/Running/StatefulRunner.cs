using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>Calls that carry a state on, through Predict and through Forward; then the first call again after a reset.</summary>
internal static class StatefulRunner
{
    private delegate void Call(ReadOnlySpan<float> inputs, Span<float> outputs, ModelState<float> state);

    public static List<TensorError> Run(StatefulPlan plan, IModel<float> model, bool timeMajor)
    {
        ModelInfo info = model.GetInfo();
        if (!info.IsStateful)
            throw new InvalidOperationException("The model does not say that it is stateful.");
        model.SetWeights(plan.Weights.Select(w => w.Values).ToArray());
        ModelWorkspace<float> workspace = model.CreateWorkspace();
        var errors = new List<TensorError>();
        Run("Predict", (x, y, state) => model.Predict(x, y, state));
        Run("Forward", (x, y, state) => model.Forward(x, y, state, workspace, training: false));
        return errors;

        void Run(string how, Call call)
        {
            ModelState<float> state = model.CreateState(plan.Rows);
            for (int i = 0; i < plan.Inputs.Count; i++)
                Compare(plan.Inputs[i], plan.Outputs[i]);
            state.Reset();
            Compare(plan.Inputs[0], plan.AfterReset);

            void Compare(Tensor input, Tensor reference)
            {
                var outputs = new float[plan.Rows * info.OutputLength];
                call(Packing.Pack(info.Inputs, [input], timeMajor), outputs, state);
                Tensor ours = Packing.Unpack(info.Outputs, outputs, plan.Rows, timeMajor).Single();
                errors.Add(TensorError.Of(TensorRole.Output, $"{how}: {reference.Path}", ours.Values, reference.Values));
            }
        }
    }
}
