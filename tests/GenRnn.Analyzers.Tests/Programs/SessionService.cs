using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using GenRnn;

/// <summary>A server: sessions step under their own lock, whoever asks.</summary>
public sealed class SessionService(Forecaster model)
{
    private sealed class Session
    {
        public required Forecaster.State State;
        public readonly float[] Output = new float[Forecaster.StepOutputLength];
    }

    private readonly ConcurrentDictionary<string, Session> _sessions = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Forecaster.State _shared = new Forecaster(1).CreateState();

    public float Step(string id, float[] values)
    {
        Session session = _sessions.GetOrAdd(id, _ => new Session { State = model.CreateState() });
        lock (session)
        {
            model.Step(values, session.Output, session.State);
            return session.Output[0];
        }
    }

    public Task<float[]> PredictAsync(float[] rows) => Task.Run(() =>
    {
        float[] y = new float[rows.Length / Forecaster.InputLength * Forecaster.OutputLength];
        model.Predict(rows, y);
        return y;
    });

    public async Task BroadcastAsync(IReadOnlyList<float[]> messages)
    {
        var work = new List<Task>();
        foreach (float[] message in messages)
        {
            work.Add(Task.Run(async () =>
            {
                await _gate.WaitAsync();
                try
                {
                    model.Step(message, new float[2], _shared);
                }
                finally
                {
                    _gate.Release();
                }
            }));
        }

        await Task.WhenAll(work);
        _shared.Reset();
    }

    public void StepAll(string[] ids, float[][] values) =>
        Parallel.For(0, ids.Length, i => model.Step(values[i], new float[2], _sessions[ids[i]].State));

    public async Task PumpAsync(ChannelReader<float[]> reader)
    {
        Forecaster.State state = model.CreateState();
        await foreach (float[] values in reader.ReadAllAsync())
        {
            await Task.Run(() => model.Step(values, new float[2], state));
            if (values[0] < 0)
                state.Reset();
        }
    }
}
