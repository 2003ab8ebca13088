using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace GenRnn.Runtime.Tests;

/// <summary>Changed files: whatever they hold, they are read or refused with one kind of exception, in bounded time and memory.</summary>
public sealed class HostileForeignFileTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Weights", "Files");

    private static int Count => Environment.GetEnvironmentVariable("GEN_EXHAUSTIVE") == "1" ? 20_000 : 200;

    [Theory]
    [InlineData("keras_lstm.keras")]
    [InlineData("keras_lstm.weights.h5")]
    [InlineData("keras2_norms.h5")]
    [InlineData("keras1_lstm_stack.h5")]
    [InlineData("torch_gru.pt")]
    [InlineData("torch_old_format.pth")]
    [InlineData("torch_whole_module.pt")]
    [InlineData("keras_lstm.npz")]
    public void A_changed_file_is_read_or_refused(string file)
    {
        byte[] original = File.ReadAllBytes(Path.Combine(Folder, file));
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < Count; i++)
        {
            byte[] changed = Changed(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                Walk(changed);
            }
            catch (InvalidDataException)
            {
                // Refused, with a sentence.
            }
            catch (Exception exception)
            {
                Assert.Fail($"Change {i} of seed {seed}: {exception}");
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"Change {i} of seed {seed} took {watch.Elapsed}.");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (64L << 20) + 10L * changed.Length, $"Change {i} of seed {seed} allocated {allocated} bytes.");
        }
    }

    /// <summary>Reads everything that a file holds.</summary>
    private static void Walk(byte[] data)
    {
        if (Hdf5File.IsOne(data))
        {
            Walk(KerasContainer.Open((ReadOnlyMemory<byte>)data));
        }
        else if (StoredZip.IsOne(data) && StoredZip.Open(data) is var zip && KerasContainer.IsOne(zip))
        {
            Walk(KerasContainer.Open(zip));
        }
        else if (StoredZip.IsOne(data) && !TorchArchive.IsOne(StoredZip.Open(data)))
        {
            StoredZip arrays = StoredZip.Open(data);
            foreach (string name in arrays.Names)
            {
                arrays.TryGet(name, out ReadOnlyMemory<byte> entry);
                Values(NpyArray.Read(name, entry));
            }
        }
        else
        {
            foreach (StoredTensor tensor in TorchWeights.Of(TorchArchive.Open(data), data.Length))
                Values(tensor);
        }
    }

    private static void Walk(KerasContainer container)
    {
        if (container.IsByName)
        {
            foreach (StoredTensor tensor in KerasNamedLayers.Read(container).SelectMany(l => l.Tensors))
                Values(tensor);
            return;
        }

        foreach (StoredTensor tensor in KerasClassPaths.Read(container, ["LSTM", "LSTM", "Dense", "BatchNormalization"]).SelectMany(l => l.Tensors))
            Values(tensor);
        KerasClassPaths.CountOf(container);
    }

    private static void Values(StoredTensor tensor) => tensor.CopyTo(new float[tensor.Count].AsSpan());

    private static byte[] Changed(byte[] original, Random random)
    {
        byte[] changed = (byte[])original.Clone();
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            int at = random.Next(changed.Length);
            switch (random.Next(6))
            {
                case 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: changed[at] = (byte)random.Next(256); break;
                case 2: changed[at] = (byte)(random.Next(2) * 255); break;
                case 3: changed.AsSpan(at, Math.Min(8, changed.Length - at)).Fill((byte)(random.Next(2) * 255)); break;
                case 4:
                    int from = random.Next(changed.Length), length = Math.Min(random.Next(1, 40), changed.Length - Math.Max(at, from));
                    changed.AsSpan(from, length).CopyTo(changed.AsSpan(at));
                    break;
                default:
                    changed = changed[..Math.Max(1, at)];
                    break;
            }
        }

        return changed;
    }
}
