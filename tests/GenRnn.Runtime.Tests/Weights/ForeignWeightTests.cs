using System;
using System.IO;
using System.Linq;
using Xunit;
using static GenRnn.Runtime.Tests.ForeignModels;

namespace GenRnn.Runtime.Tests;

/// <summary>Files as Keras 1 to 3 and PyTorch write them. NumPy's arrays, which another reader takes, say what belongs in the parameters.</summary>
public sealed class ForeignWeightTests
{
    private static readonly ModelInfo s_lstms = Of(Lstm(3, 12), Lstm(12, 12), Dense(12, 4));
    private static readonly ModelInfo s_norms = Of(BatchNormalization(3), Lstm(3, 12), ("RepeatVector", []), Lstm(12, 12), Dense(12, 1));
    private static readonly ModelInfo s_stack = Of(Lstm(3, 12), Lstm(12, 12), Dense(12, 1));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Weights", "Files");

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static float[] Read(string file, ModelInfo info)
    {
        var parameters = new float[info.ParameterCount];
        WeightFile.Load<float>(Path.Combine(Folder, file), info, parameters);
        return parameters;
    }

    [Theory]
    [InlineData("keras_lstm.keras")]
    [InlineData("keras_lstm.weights.h5")]
    public void Keras_3(string file) => Assert.Equal(Read("keras_lstm.npz", s_lstms), Read(file, s_lstms));

    [Theory]
    [InlineData("keras2_norms.h5")]
    [InlineData("keras2_norms.weights.h5")]
    public void Keras_2_by_name_and_by_class(string file) => Assert.Equal(Read("keras2_norms.npz", s_norms), Read(file, s_norms));

    [Fact]
    public void Groups_that_Windows_named_with_backslashes()
    {
        ModelInfo info = Shaped("keras215_backslash_groups.keras");
        float[] parameters = Read("keras215_backslash_groups.keras", info);
        Assert.Equal(info.ParameterCount, parameters.Length);
        Assert.True(parameters.Distinct().Count() > parameters.Length / 2);
    }

    /// <summary>Keras 1 stores i, c, f, o apart; of joined gates the second quarter is f, the third c.</summary>
    [Fact]
    public void Keras_1_gates_are_joined()
    {
        KerasContainer container = KerasContainer.Open((ReadOnlyMemory<byte>)Bytes("keras1_lstm_stack.h5"));
        Hdf5Object layer = container.Named.Members.Values.First(m => m.Attributes.TryGetValue("weight_names", out Hdf5Value? names) && names.Texts().Length == 12);
        string[] names = layer.Attributes["weight_names"].Texts();
        Assert.EndsWith("_W_i", names[0].Split(':')[0], StringComparison.Ordinal);
        StoredTensor[] single = names.Select(n => new Hdf5Tensor(n, layer.Find(n)!)).ToArray<StoredTensor>();
        StoredTensor joined = Keras1Gates.Joined(single)[0];
        int rows = (int)single[0].Shape[0], units = (int)single[0].Shape[1];
        Assert.Equal([rows, 4 * units], joined.Shape);
        var all = new float[joined.Count];
        joined.CopyTo(all.AsSpan());
        foreach ((string gate, int place) in new[] { ("_W_i", 0), ("_W_f", 1), ("_W_c", 2), ("_W_o", 3) })
        {
            var values = new float[rows * units];
            single.Single(t => t.Name.Split(':')[0].EndsWith(gate, StringComparison.Ordinal)).CopyTo(values.AsSpan());
            for (int row = 0; row < rows; row++)
                Assert.Equal(values.AsSpan(row * units, units).ToArray(), all.AsSpan((row * 4 + place) * units, units).ToArray());
        }
    }

    [Theory]
    [InlineData("torch_whole_module.pt")]
    [InlineData("torch_old_format.pth")]
    [InlineData("torch_checkpoint_dictionary.pt")]
    public void PyTorch_in_every_container(string file)
    {
        float[] parameters = Read(file, s_stack);
        // The transposed input weights of unit 0: row 0 of weight_ih, which the reader of the file gives.
        TorchArchive archive = TorchArchive.Open(Bytes(file));
        StoredTensor first = TorchWeights.Of(archive, Bytes(file).Length)[0];
        var weights = new float[first.Count];
        first.CopyTo(weights.AsSpan());
        Assert.Equal([48, 3], first.Shape);
        for (int feature = 0; feature < 3; feature++)
        {
            for (int unit = 0; unit < 48; unit++)
                Assert.Equal(weights[unit * 3 + feature], parameters[feature * 48 + unit]);
        }
    }

    [Fact]
    public void PyTorch_s_gates_of_a_GRU_change_places_and_both_biases_stay()
    {
        ModelInfo info = ShapedTorch("torch_gru.pt");
        float[] parameters = Read("torch_gru.pt", info);
        byte[] bytes = Bytes("torch_gru.pt");
        StoredTensor[] tensors = TorchWeights.Of(TorchArchive.Open(bytes), bytes.Length).ToArray();
        int units = info.Variables[1].Shape[0], features = info.Variables[0].Shape[0];
        float[] input = Values(tensors[0]), inputBias = Values(tensors[2]), recurrentBias = Values(tensors[3]);
        int[] theirs = [1, 0, 2];
        for (int gate = 0; gate < 3; gate++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                int ours = gate * units + unit, row = theirs[gate] * units + unit;
                for (int feature = 0; feature < features; feature++)
                    Assert.Equal(input[row * features + feature], parameters[feature * 3 * units + ours]);
                Assert.Equal(inputBias[row], parameters[info.Variables[2].Offset + ours]);
                Assert.Equal(recurrentBias[row], parameters[info.Variables[2].Offset + 3 * units + ours]);
            }
        }
    }

    [Fact]
    public void PyTorch_s_convolution_and_norm()
    {
        ModelInfo info = ShapedTorch("torch_conv_batchnorm_lstm.pt");
        float[] parameters = Read("torch_conv_batchnorm_lstm.pt", info);
        byte[] bytes = Bytes("torch_conv_batchnorm_lstm.pt");
        StoredTensor kernel = TorchWeights.Of(TorchArchive.Open(bytes), bytes.Length)[0];
        float[] theirs = Values(kernel);
        int filters = (int)kernel.Shape[0], features = (int)kernel.Shape[1], taps = (int)kernel.Shape[2];
        for (int filter = 0; filter < filters; filter++)
        {
            for (int feature = 0; feature < features; feature++)
            {
                for (int tap = 0; tap < taps; tap++)
                    Assert.Equal(theirs[(filter * features + feature) * taps + tap], parameters[(tap * features + feature) * filters + filter]);
            }
        }
    }

    /// <summary>Sorted by name, the head stands in front of the recurrent layer: shapes say which is which.</summary>
    [Theory]
    [InlineData("torch_gru")]
    [InlineData("torch_conv_batchnorm_lstm")]
    public void A_safetensors_file_of_PyTorch_gives_what_its_pickle_gives(string name)
    {
        ModelInfo info = ShapedTorch(name + ".pt");
        Assert.Equal(Read(name + ".pt", info), Read(name + ".safetensors", info));
    }

    [Fact]
    public async System.Threading.Tasks.Task A_stream_without_a_length_is_read()
    {
        float[] expected = Read("keras_lstm.keras", s_lstms), found = new float[expected.Length];
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        using var end = new System.IO.Pipes.AnonymousPipeClientStream(System.IO.Pipes.PipeDirection.In, pipe.ClientSafePipeHandle);
        var writing = System.Threading.Tasks.Task.Run(() =>
        {
            pipe.Write(Bytes("keras_lstm.keras"));
            pipe.Dispose();
        });
        WeightReader.Read(new StreamSource(end, mayGoOn: false), s_lstms, found.AsSpan());
        await writing;
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("torch_torchscript.pt", "TorchScript")]
    [InlineData("truncated.h5", "cut")]
    public void What_is_refused_says_why(string file, string reason)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(file, s_stack));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The pickle asks for <c>print</c>: it stays a record beside the weights, and nothing is printed.</summary>
    [Fact]
    public void A_call_in_a_pickle_is_not_made()
    {
        byte[] bytes = Bytes("torch_code_in_pickle.pt");
        var checkpoint = Assert.IsType<PickleDictionary>(TorchArchive.Open(bytes).Root);
        PickleRecord call = Assert.Single(checkpoint.Pairs.Select(p => p.Value).OfType<PickleRecord>());
        Assert.Equal("__builtin__.print", Assert.IsType<PickleName>(call.What).Text);
        Assert.Equal(s_stack.ParameterCount, Read("torch_code_in_pickle.pt", s_stack).Length);
    }

    [Fact]
    public void Other_layers_are_shown_beside_the_model_s()
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read("keras_lstm.keras", s_norms));
        Assert.Contains("model: batch_normalization [3], [3], [3], [3]; file: 'layers/lstm' [3, 48], [12, 48], [48]", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Values(StoredTensor tensor)
    {
        var values = new float[tensor.Count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }

    /// <summary>A model of the LSTM and Dense layers that a file of Keras has, by their shapes.</summary>
    private static ModelInfo Shaped(string file)
    {
        StoredZip zip = StoredZip.Open(Bytes(file));
        string[] classes = ["LSTM", "LSTM", "LSTM", "Dense", "Dense"];
        return Of(KerasClassPaths.Read(KerasContainer.Open(zip), classes).Zip(classes).Where(l => l.First.Tensors.Count > 0)
            .Select(l => (l.Second, l.First.Tensors.Select((t, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), t.Shape.Select(d => (int)d).ToArray())).ToArray())).ToArray());
    }

    /// <summary>A model of the layers that a file of PyTorch has.</summary>
    private static ModelInfo ShapedTorch(string file)
    {
        byte[] bytes = Bytes(file);
        return Of(TorchLayers.Read(TorchWeights.Of(TorchArchive.Open(bytes), bytes.Length)).Select(l =>
        {
            int[] first = l.Tensors[0].Shape.Select(d => (int)d).ToArray();
            return l.Tensors.Count switch
            {
                4 when first.Length == 1 => BatchNormalization(first[0]),
                4 when l.Tensors[1].Shape[0] == 3 * l.Tensors[1].Shape[1] => Gru(first[1], first[0] / 3),
                4 => Lstm(first[1], first[0] / 4),
                2 when first.Length == 3 => ("Conv1D", [("kernel", [first[2], first[1], first[0]]), ("bias", [first[0]])]),
                _ => Dense(first[1], first[0]),
            };
        }).ToArray());
    }
}
