using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using GenRnn.EndToEnd.Tests.Reading;
using GenRnn.EndToEnd.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace GenRnn.EndToEnd.Tests;

/// <summary>Which goldens there are, which ran, which cannot yet; and how exact the results are.</summary>
public sealed class GoldenSummaryTests(ITestOutputHelper output)
{
    /// <summary>What must be supported; * stands for any text. A wider language moves names here.</summary>
    private static readonly string[] Required =
    [
        "simplernn_*", "lstm_*", "gru_*", "dense_*", "seed_stack_simplernn64", "seed_geron_deep_rnn", "seed_geron_single_neuron", "seed_basic_rnn200",
        "seed_lstm100x2", "seed_gru100x2", "stateful_*", "initial_state_*", "cell_step_*", "train_*", "fit_*",
        "tf1_basic_rnn*", "tf1_basic_lstm*", "tf1_lstm", "tf1_gru", "tf1_multi_*",
        "batchnorm_*", "embedding_*", "conv1d_*", "seed_geron_wavenet", "seed_geron_gru", "random_*",
        "tf1_lstm_peepholes", "tf1_lstm_projection", "tf1_lstm_all", "torch_lstm_projection",
        "bidirectional_*", "timedistributed_dense", "layernorm_*", "repeat_vector", "flatten_dense", "global_*_pooling", "seq2seq_initial_state",
        "seed_geron_lstm", "seed_geron_ln", "ln_simple_rnn_cell", "stacked_*_cells", "torch_*_2layers", "torch_*_bidirectional", "torch_*_batch_first", "torch_rnn_no_bias", "torch_rnn_relu", "torch_*_time_first",
        "masked_*", "tf1_*sequence_length*", "torch_*_packed",
        "max_pooling_*", "average_pooling_*", "mask_through_max_pooling", "reshape_*", "permute", "zero_padding", "cropping", "upsampling",
        "graph_*", "merge_*", "three_*", "two_masks_*", "mask_through_*", "mask_pooled", "masking_value", "one_mask_*", "residual_*", "series_with_*", "static_features_*", "spatial_dropout_inference", "wavenet_gated",
        "separable_conv1d_*", "depthwise_conv1d_*", "conv1d_transpose_*", "relu_layer", "leaky_relu_layer", "elu_layer", "prelu", "prelu_shared", "softmax_layer_*", "unit_normalization*",
        "rms_normalization*", "group_normalization", "rescaling",
    ];

    private static readonly string[] s_networks = ["model", "stateful", "initial_state", "cell", "tf1", "torch", "graph"];

    /// <summary>What is refused, and by which name: optimisers and losses that are not there, and graphs.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["fit_adafactor"] = "the optimizer Adafactor",
        ["fit_lamb"] = "the optimizer Lamb",
        ["fit_loss_dice"] = "the loss Dice",
        ["fit_loss_focal_binary"] = "the loss BinaryFocalCrossentropy",
        ["fit_loss_focal_categorical"] = "the loss CategoricalFocalCrossentropy",
        ["fit_loss_tversky"] = "the loss Tversky",
        ["fit_heads_loss_weights_metrics"] = "a graph with several outputs",
        ["fit_heads_losses"] = "a graph with several outputs",
        ["fit_heads_weight_zero"] = "a graph with several outputs",
    };

    [Fact]
    public void EveryRequiredCaseIsSupported()
    {
        GoldenSuite suite = GoldenSuite.Instance;
        string[] missing = suite.NotSupported.Where(c => IsRequired(c.Key) && c.Value != Refused.GetValueOrDefault(c.Key)).Select(c => $"{c.Key}: {c.Value}").ToArray();

        Assert.True(missing.Length == 0, string.Join(Environment.NewLine, missing));
        // Networks are supported without exception; what may be missing is a way to train them.
        Assert.All(suite.Cases.Where(c => suite.NotSupported.ContainsKey(c.Name)), c => Assert.DoesNotContain(c.Kind, s_networks));
        // In the project's own folder every pattern must name a case, or a renamed file would go unnoticed.
        if (!GoldenFolder.IsReplaced)
        {
            Assert.All(Required, pattern => Assert.Contains(suite.Cases, c => Matches(c.Name, pattern)));
            Assert.Equal((51, 78), (suite.Cases.Count(c => c.Kind == "training"), suite.Cases.Count(c => c.Kind == "fit")));
            Assert.Equal(Refused.OrderBy(r => r.Key), suite.NotSupported.OrderBy(r => r.Key));
        }
    }

    [Fact]
    public void Summary()
    {
        GoldenSuite suite = GoldenSuite.Instance;
        RunResult[] results = suite.Runs.Select(run => suite.Run(run.Plan.Case.Name, run.Variant)).ToArray();
        string report = GoldenReport.Write(suite, results);
        output.WriteLine(report);
        // A passing test's output is not shown by default: the report stays beside the test assembly.
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "goldens.txt"), report);

        Assert.NotEmpty(results);
        Assert.Equal(suite.Cases.Count, suite.Plans.Count + suite.NotSupported.Count);
        RunResult[] failed = results.Where(r => !r.Passes).ToArray();
        Assert.True(failed.Length == 0, $"{failed.Length} of {results.Length} runs failed:\n{string.Join('\n', failed.Select(GoldenReport.Line))}");
    }

    private static bool IsRequired(string name) => Required.Any(p => Matches(name, p));

    private static bool Matches(string name, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
