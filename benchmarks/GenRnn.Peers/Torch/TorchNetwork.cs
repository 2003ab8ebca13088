using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GenRnn.Peers.Torch;

/// <summary>PyTorch's twin of each network.</summary>
internal sealed class TorchNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _forward;

    private TorchNetwork(string name, Func<Tensor, Tensor> forward, params nn.Module[] modules)
        : base(name)
    {
        _forward = forward;
        for (int i = 0; i < modules.Length; i++)
            register_module($"m{i}", modules[i]);
    }

    public override Tensor forward(Tensor input) => _forward(input);

    /// <param name="id">The workload.</param>
    public static TorchNetwork Of(string id)
    {
        switch (id)
        {
            case "20-20-1":
            {
                RNN rnn = nn.RNN(1, 20, numLayers: 2, batchFirst: true);
                Linear head = nn.Linear(20, 1);
                return new TorchNetwork(id, x => head.forward(Last(rnn.forward(x).Item1)), rnn, head);
            }

            case "W9":
            {
                LSTM lstm = nn.LSTM(32, 128, batchFirst: true);
                return new TorchNetwork(id, x => lstm.forward(x).Item1, lstm);
            }

            case "W11b1" or "W11b32":
            {
                LSTM lstm = nn.LSTM(1, 50, numLayers: 2, batchFirst: true);
                Linear first = nn.Linear(50, 25), second = nn.Linear(25, 1);
                return new TorchNetwork(id, x => second.forward(first.forward(Last(lstm.forward(x).Item1))), lstm, first, second);
            }

            case "W12":
            {
                Embedding table = nn.Embedding(80, 64);
                LSTM lstm = nn.LSTM(64, 128, batchFirst: true);
                Linear head = nn.Linear(128, 80);
                return new TorchNetwork(id, x => head.forward(lstm.forward(table.forward(x)).Item1), table, lstm, head);
            }

            case "W13":
            {
                LSTM lstm = nn.LSTM(16, 64, batchFirst: true, bidirectional: true);
                return new TorchNetwork(id, x => lstm.forward(x).Item1, lstm);
            }

            case "W14":
            {
                LSTM lstm = nn.LSTM(64, 512, batchFirst: true);
                return new TorchNetwork(id, x => lstm.forward(x).Item1, lstm);
            }

            case "W15":
                return Convolutions(id);
            default:
                throw new ArgumentException($"There is no network {id}.", nameof(id));
        }
    }

    private static TorchNetwork Convolutions(string id)
    {
        var chain = new List<Conv1d>();
        for (int i = 0; i < 10; i++)
            chain.Add(nn.Conv1d(i == 0 ? 1 : 32, 32, 2L, dilation: 1L << i));
        Linear head = nn.Linear(32, 1);
        return new TorchNetwork(id, x =>
        {
            Tensor y = x.transpose(1, 2);
            for (int i = 0; i < chain.Count; i++)
                y = nn.functional.relu(chain[i].forward(nn.functional.pad(y, new long[] { 1L << i, 0 })));
            return head.forward(y.transpose(1, 2));
        }, [.. chain, head]);
    }

    private static Tensor Last(Tensor sequence) => sequence.select(1, sequence.shape[1] - 1);
}
