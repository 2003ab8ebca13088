using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace GenRnn;

/// <summary>A fixed team of threads that runs one piece of work after the other, all members at once. The caller is member 0.</summary>
/// <remarks>
/// The other members are dedicated threads, made once. Between two pieces of work they spin for some microseconds and
/// then sleep. Nothing is allocated by <see cref="Run"/>. A piece of work that throws on any member is seen by the caller,
/// after all members are done with it; the team stays usable.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinRounds = 100;

    private readonly object _start = new();
    private readonly object _finish = new();
    private readonly Thread[] _threads;
    private readonly Exception?[] _failures;
    private readonly int _spinRounds;
    private Action<int>? _work;
    private int _round;
    private int _running;
    private bool _isDisposed;

    /// <param name="members">Number of members, the caller included; at least 1.</param>
    public WorkerTeam(int members)
    {
        _threads = new Thread[members - 1];
        _failures = new Exception?[members];
        // A member that spins on a core that another one needs only delays it.
        _spinRounds = members <= Environment.ProcessorCount ? SpinRounds : 0;
        for (int i = 0; i < _threads.Length; i++)
        {
            int member = i + 1;
            _threads[i] = new Thread(() => Serve(member)) { IsBackground = true, Name = $"Gen training {member}" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of members, the caller included.</summary>
    public int Members => _failures.Length;

    /// <summary>Runs <paramref name="work"/> once on every member, with the member's number, and returns when all are done.</summary>
    /// <exception cref="ObjectDisposedException">The threads have ended: nobody would answer.</exception>
    public void Run(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Publish(work);
        Attempt(work, member: 0);
        WaitForOthers();
        ThrowFirstFailure();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Publish(null);
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void Publish(Action<int>? work)
    {
        lock (_start)
        {
            _work = work;
            Volatile.Write(ref _running, _threads.Length);
            Volatile.Write(ref _round, _round + 1);
            Monitor.PulseAll(_start);
        }
    }

    private void Serve(int member)
    {
        int seen = 0;
        while (true)
        {
            for (int i = 0; i < _spinRounds && Volatile.Read(ref _round) == seen; i++)
                Thread.SpinWait(10);

            Action<int>? work;
            lock (_start)
            {
                while (_round == seen)
                    Monitor.Wait(_start);
                // The caller waits for everyone before it starts the next round, so none is ever missed.
                seen = _round;
                work = _work;
            }

            if (work is null)
                return;
            Attempt(work, member);
            if (Interlocked.Decrement(ref _running) == 0)
            {
                lock (_finish)
                    Monitor.Pulse(_finish);
            }
        }
    }

    private void WaitForOthers()
    {
        for (int i = 0; i < _spinRounds && Volatile.Read(ref _running) != 0; i++)
            Thread.SpinWait(10);
        lock (_finish)
        {
            while (Volatile.Read(ref _running) != 0)
                Monitor.Wait(_finish);
        }
    }

    private void Attempt(Action<int> work, int member)
    {
        try
        {
            work(member);
        }
        catch (Exception failure)
        {
            _failures[member] = failure;
        }
    }

    // The lowest member's, so that the same fault gives the same exception on every run.
    private void ThrowFirstFailure()
    {
        Exception? first = null;
        for (int i = _failures.Length - 1; i >= 0; i--)
        {
            first = _failures[i] ?? first;
            _failures[i] = null;
        }

        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }
}
