using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using GenRnn.EndToEnd.Tests.Compiling;
using GenRnn.EndToEnd.Tests.Declaring;
using GenRnn.EndToEnd.Tests.Reading;

namespace GenRnn.EndToEnd.Tests.Running;

/// <summary>One run of a case: what was compared, or why it could not be.</summary>
internal sealed record RunResult(Plan Plan, Variant Variant, IReadOnlyList<TensorError> Errors, Exception? Failure)
{
    public bool Passes => Failure is null && Errors.Count > 0 && Errors.All(e => e.Passes);
}

/// <summary>
/// All golden cases of the folder: planned at once, compiled together on the first run, each run at most once. A case whose
/// layer or flag does not exist yet is in <see cref="NotSupported"/>.
/// </summary>
internal sealed class GoldenSuite
{
    /// <summary>One in so many cases runs in double too.</summary>
    private const int DoubleSlice = 13;

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1";

    private static readonly Lazy<GoldenSuite> LazyInstance = new(() => new GoldenSuite(GoldenFolder.Cases));

    private readonly Dictionary<string, Plan> _plans = [];

    private readonly Dictionary<string, string> _notSupported = [];

    /// <summary>The class of each declaration text: cases that differ only in their numbers share one.</summary>
    private readonly Dictionary<string, ModelSource> _sources = [];

    private readonly ConcurrentDictionary<(string Case, Variant Variant), Lazy<RunResult>> _results = [];

    private readonly Lazy<ModelCompilation> _compilation;

    private GoldenSuite(IReadOnlyList<GoldenCase> cases)
    {
        Cases = cases;
        foreach (GoldenCase golden in cases)
        {
            try
            {
                _plans.Add(golden.Name, Planner.Plan(golden));
            }
            catch (NotSupportedCaseException missing)
            {
                _notSupported.Add(golden.Name, missing.Message);
            }
        }

        foreach (Plan plan in _plans.Values)
        {
            foreach (Variant variant in Variants(plan))
            {
                string text = plan.Declaration.Print(variant.ClassName, variant);
                _sources.TryAdd(text, new ModelSource($"Goldens.{plan.Case.Name}", variant.ClassName, text));
            }
        }

        _compilation = new Lazy<ModelCompilation>(() => ModelCompilation.Compile("Goldens", _sources.Values));
    }

    public static GoldenSuite Instance => LazyInstance.Value;

    public IReadOnlyList<GoldenCase> Cases { get; }

    public IReadOnlyDictionary<string, Plan> Plans => _plans;

    /// <summary>Cases that cannot be said, with what is missing.</summary>
    public IReadOnlyDictionary<string, string> NotSupported => _notSupported;

    /// <summary>Every run there is.</summary>
    public IEnumerable<(Plan Plan, Variant Variant)> Runs => _plans.Values.SelectMany(plan => Variants(plan).Select(variant => (plan, variant)));

    public ModelCompilation Compilation => _compilation.Value;

    /// <summary>Number of classes that are compiled.</summary>
    public int ModelCount => _sources.Count;

    /// <summary>The case's own rows, and 32 padded rows (where rows in lanes is reached); one of them time-major where there is a time axis,
    /// by turns from case to case. A state is carried at the case's own batch, in both layouts. One case in thirteen (all with GEN_EXHAUSTIVE=1) in double as well.</summary>
    public static IEnumerable<Variant> Variants(Plan plan)
    {
        IEnumerable<Variant> single = SingleVariants(plan);
        return IsExhaustive || plan.Case.Name.Sum(c => c) % DoubleSlice == 0 ? single.Concat(single.Select(v => v with { IsDouble = true })) : single;
    }

    private static IEnumerable<Variant> SingleVariants(Plan plan)
    {
        int padded = 32 * ((plan.Rows + 31) / 32);
        // A fit is long: by turns its own batch, and batches that do not fill the model's, time-major.
        if (plan is FitPlan)
            return [plan.Case.Name.Sum(c => c) % 2 == 0 || !plan.Declaration.HasSequences ? new Variant(plan.Rows) : new Variant(padded, IsTimeMajor: true)];
        if (!plan.Declaration.HasSequences)
            return new[] { plan.Rows, padded }.Distinct().Select(batch => new Variant(batch));
        if (plan is StatefulPlan || plan.Rows == padded)
            return [new Variant(plan.Rows), new Variant(plan.Rows, IsTimeMajor: true)];
        bool ownIsTimeMajor = plan.Case.Name.Sum(c => c) % 2 == 1;
        return [new Variant(plan.Rows, ownIsTimeMajor), new Variant(padded, !ownIsTimeMajor)];
    }

    public RunResult Run(string name, Variant variant) =>
        _results.GetOrAdd((name, variant), key => new Lazy<RunResult>(() => RunNow(_plans[key.Case], key.Variant))).Value;

    /// <summary>A new model of a case.</summary>
    public IModel<T> CreateModel<T>(Plan plan, Variant variant)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string text = plan.Declaration.Print(variant.ClassName, variant);
        Type type = Compilation.Find(_sources[text].FullName);
        return (IModel<T>)Activator.CreateInstance(type, 0)!;
    }

    private RunResult RunNow(Plan plan, Variant variant)
    {
        try
        {
            List<TensorError> errors = variant.IsDouble
                ? Compare(plan, CreateModel<double>(plan, variant), variant.IsTimeMajor)
                : Compare(plan, CreateModel<float>(plan, variant), variant.IsTimeMajor);
            return new RunResult(plan, variant, errors, null);
        }
        // A case that throws is a failed case: the test shows the exception, the summary lists it.
        catch (Exception exception)
        {
            return new RunResult(plan, variant, [], exception);
        }
    }

    private static List<TensorError> Compare<T>(Plan plan, IModel<T> model, bool timeMajor)
        where T : unmanaged, IFloatingPointIeee754<T> => plan switch
    {
        PassPlan pass => PassRunner.Run(pass, model, timeMajor),
        StatefulPlan stateful => StatefulRunner.Run(stateful, model, timeMajor),
        TrainingPlan training => TrainingRunner.Run(training, model),
        FitPlan fit => FitRunner.Run(fit, model),
        _ => throw new InvalidOperationException($"No runner for {plan.GetType()}."),
    };
}
