using System.Linq;
using System.Threading;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Layers;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Scheduling.Kernels;
using GenRnn.Compiler.Scheduling.Loops;
using GenRnn.Compiler.Scheduling.Placement;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Compiler.Scheduling;

/// <summary>Schedules a checked declaration: inference for one row and for a batch, training, and single steps.</summary>
public static class Scheduler
{
    /// <summary>Rows of a compiled pass, unless the model says.</summary>
    public const int DefaultBatch = 32;

    /// <exception cref="SizeLimitException">A buffer of the model would not fit one array.</exception>
    public static Schedule Run(ModelSpec spec, ModelShapes shapes, CancellationToken cancellationToken)
    {
        ItemSpec first = spec.Items.First(i => i.Kind == "Input");
        int batch = first.GetInteger("Batch", DefaultBatch);
        bool isDouble = first.GetText("Precision") == "Double";
        bool isTimeMajor = first.GetText("Layout") == "TimeMajor";

        Program training = ModelLowering.Lower(spec, shapes);
        ModelSize.CheckParameters(training);
        LaneAxis axis = LaneAxisChoice.For(training, batch);
        Differentiation.Run(training);
        Pipeline.RunForTraining(training, batch, SecondLevelCache.Elements);
        Program inference = LowerForInference(spec, shapes);
        Pipeline.RunForInference(inference);
        cancellationToken.ThrowIfCancellationRequested();

        KernelLibrary kernels = new();
        PanelLibrary panels = new();
        Plan PlanOf(string name, Program program, int rows, bool isTraining = false, bool runsInState = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Plan plan = PlanBuilder.Build(name, program, rows, rows == batch ? axis : LaneAxis.Units, isTraining, runsInState, isTimeMajor, isDouble, kernels, panels);
            plan.HasDenseStates = spec.IsStepped;
            return plan;
        }

        Program single = LowerForInference(spec, shapes);
        Pipeline.RunForOneRow(single);
        Plan row = PlanOf("Predict1", single, 1);
        Plan batched = batch == 1 ? row : PlanOf("Predict" + batch, inference, batch);
        Plan train = PlanOf("Train", training, batch, isTraining: true);

        string notStreaming = Streaming.Obstacle(spec, shapes);
        Plan? stepRow = null;
        Plan? stepBatch = null;
        // A stepped cell is one step already; its states are the caller's, dense, so its passes copy them.
        if (notStreaming.Length == 0 && !spec.IsStepped)
        {
            ModelSpec step = Streaming.OneStep(spec);
            Program program = LowerForInference(step, ShapeInference.Infer(step));
            Pipeline.RunForInference(program);
            stepRow = PlanOf("Step1", program, 1, runsInState: true);
            stepBatch = batch == 1 ? stepRow : PlanOf("Step" + batch, program, batch, runsInState: true);
        }

        kernels.ShareSizes();
        return new Schedule(
            training, batch, isTimeMajor, isDouble, spec.Items.Any(i => i.GetBoolean("Stateful")),
            Architecture.Lines(spec, shapes), row, batched, train, stepRow, stepBatch, notStreaming, kernels, panels)
        {
            FormerArchitectureHash = FormerArchitecture.Hash(spec, training),
            IsStepped = spec.IsStepped,
        };
    }

    /// <summary>Inference asks for no mask of its outputs: only a loss does.</summary>
    private static Program LowerForInference(ModelSpec spec, ModelShapes shapes)
    {
        Program program = ModelLowering.Lower(spec, shapes, canTrain: false);
        program.OutputMask = null;
        return program;
    }
}
