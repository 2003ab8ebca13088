using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GenRnn.Peers.Torch;

/// <summary>The same networks by TorchSharp, on one thread. Two biases where ours has one: that is PyTorch's layer.</summary>
internal static class TorchActions
{
    public const string Name = "TorchSharp";

    static TorchActions()
    {
        set_num_threads(1);
        set_num_interop_threads(1);
        random.manual_seed(1);
    }

    public static Action Inference(Work work)
    {
        nn.Module<Tensor, Tensor> network = TorchNetwork.Of(work.Id);
        network.eval();
        Tensor x = Inputs(work);
        return () =>
        {
            using IDisposable scope = NewDisposeScope();
            using IDisposable mode = inference_mode();
            Tensor y = network.forward(x);
            if (work.Classes > 0)
                y = nn.functional.softmax(y, -1);
        };
    }

    public static Action Training(Work work)
    {
        nn.Module<Tensor, Tensor> network = TorchNetwork.Of(work.Id);
        ModelInfo info = work.Create().Info;
        Tensor x = Inputs(work), targets = tensor(work.Targets(info));
        targets = work.Classes > 0 ? targets.to(ScalarType.Int64) : targets.reshape(Shape(work.Rows, info.Outputs[0]));
        optim.Optimizer adam = optim.Adam(network.parameters(), lr: 1e-3);
        return () => Step(network, adam, x, targets, work.Classes);
    }

    /// <summary>An epoch over rows in a random order, gathered batch by batch.</summary>
    public static Action Epoch(float[] inputs, float[] targets)
    {
        int rows = targets.Length;
        nn.Module<Tensor, Tensor> network = TorchNetwork.Of("20-20-1");
        Tensor x = tensor(inputs).reshape(rows, inputs.Length / rows, 1), y = tensor(targets).reshape(rows, 1);
        optim.Optimizer adam = optim.Adam(network.parameters(), lr: 1e-3);
        return () =>
        {
            using IDisposable scope = NewDisposeScope();
            Tensor order = randperm(rows);
            for (int start = 0; start < rows; start += 32)
            {
                using IDisposable ofBatch = NewDisposeScope();
                Tensor batch = order.narrow(0, start, Math.Min(32, rows - start));
                Step(network, adam, x.index_select(0, batch), y.index_select(0, batch), classes: 0);
            }
        };
    }

    private static void Step(nn.Module<Tensor, Tensor> network, optim.Optimizer optimizer, Tensor x, Tensor targets, int classes)
    {
        using IDisposable scope = NewDisposeScope();
        optimizer.zero_grad();
        Tensor y = network.forward(x);
        Tensor loss = classes > 0 ? nn.functional.cross_entropy(y.reshape(-1, classes), targets) : nn.functional.mse_loss(y, targets);
        loss.backward();
        optimizer.step();
        // As our step does, it tells the loss.
        _ = loss.item<float>();
    }

    private static Tensor Inputs(Work work)
    {
        ModelInfo info = work.Create().Info;
        Tensor x = tensor(work.Inputs(info));
        return info.Inputs[0].Vocabulary > 0 ? x.to(ScalarType.Int64).reshape(work.Rows, info.Inputs[0].TimeSteps) : x.reshape(Shape(work.Rows, info.Inputs[0]));
    }

    private static long[] Shape(int rows, TensorInfo tensor) => tensor.TimeSteps == 0 ? [rows, tensor.Features] : [rows, tensor.TimeSteps, tensor.Features];
}
