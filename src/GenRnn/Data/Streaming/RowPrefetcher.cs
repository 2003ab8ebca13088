using System;
using System.Numerics;
using System.Threading;

namespace GenRnn;

/// <summary>Reads the batches of a source ahead, on a thread of its own, while others train. Nothing is allocated per batch by it.</summary>
/// <remarks>A pass is begun when it is asked for, and read no further than the blocks hold: a source that can be read once is read once.</remarks>
internal sealed class RowPrefetcher<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // One that trains, one that is full, one that is being filled.
    private const int BlockCount = 3;

    private readonly IRowSource<T> _source;
    private readonly RowBlock<T>[] _blocks;
    private readonly object _gate = new();
    private readonly Thread? _thread;
    private IRowReader<T>? _reader;

    // Blocks [_taken, _filled) are full, counted for ever; block _taken - 1 is in use.
    private long _taken;
    private long _filled;
    private bool _isInUse;
    private int _pass = -1;
    private int _asked = -1;
    private long _rows;
    private long _skip;
    private bool _isClosed;

    /// <param name="source">The source.</param>
    /// <param name="createBlock">Makes memory for a batch.</param>
    /// <param name="hasThreads">Whether the platform can start any.</param>
    public RowPrefetcher(IRowSource<T> source, Func<RowBlock<T>> createBlock, bool hasThreads)
    {
        _source = source;
        _blocks = new RowBlock<T>[hasThreads ? BlockCount : 1];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = createBlock();
        if (!hasThreads)
            return;
        _thread = new Thread(ReadAhead) { IsBackground = true, Name = "Gen data" };
        _thread.Start();
    }

    /// <summary>The shape of a batch, before there is one.</summary>
    public BoundDataSet<T> Shape => _blocks[0].Data;

    /// <summary>Begins a pass. What was read ahead of the one before is dropped.</summary>
    /// <param name="pass">Which pass.</param>
    /// <param name="skip">Rows to pass over.</param>
    public void Begin(int pass, long skip)
    {
        lock (_gate)
        {
            _asked = pass;
            _skip = skip;
            _isInUse = false;
            Monitor.PulseAll(_gate);
            if (_thread is null)
                return;
            // The thread drops what it had read when it takes the order.
            while (_pass != _asked && !_isClosed)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>The next block of the pass: behind one that is the last, another pass must begin. The block before is given back.</summary>
    public RowBlock<T> Next()
    {
        if (_thread is null)
        {
            Take();
            Read(_blocks[0]);
            _blocks[0].Failure?.Throw();
            return _blocks[0];
        }

        RowBlock<T> block;
        lock (_gate)
        {
            _isInUse = false;
            Monitor.PulseAll(_gate);
            while (_taken == _filled)
                Monitor.Wait(_gate);
            block = _blocks[_taken % _blocks.Length];
            _taken++;
            _isInUse = true;
        }

        block.Failure?.Throw();
        return block;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _reader?.Dispose();
        _reader = null;
    }

    private void ReadAhead()
    {
        bool hasEnded = true;
        while (true)
        {
            RowBlock<T> block;
            lock (_gate)
            {
                while (!_isClosed && _asked == _pass && (hasEnded || _filled - _taken + (_isInUse ? 1 : 0) == _blocks.Length))
                    Monitor.Wait(_gate);
                if (_isClosed)
                    return;
                if (Take())
                {
                    hasEnded = false;
                    _taken = _filled;
                    Monitor.PulseAll(_gate);
                }

                block = _blocks[_filled % _blocks.Length];
            }

            Read(block);
            lock (_gate)
            {
                // Another pass may have been asked for meanwhile: nobody wants this one then.
                if (_asked != _pass)
                    continue;
                hasEnded = block.IsLast;
                _filled++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    // Takes the order for a pass, if there is one.
    private bool Take()
    {
        if (_asked == _pass)
            return false;
        _pass = _asked;
        _reader?.Dispose();
        _reader = null;
        return true;
    }

    // What a source throws is thrown to whoever takes the block.
    private void Read(RowBlock<T> block)
    {
        try
        {
            if (_reader is null)
            {
                _reader = _source.Open(_pass);
                _rows = 0;
                Skip(block, _skip);
            }

            block.Fill(_reader, _rows);
            _rows += block.Count;
        }
        catch (Exception exception)
        {
            block.Fail(exception);
        }
    }

    private void Skip(RowBlock<T> block, long rows)
    {
        for (; _rows < rows; _rows++)
        {
            if (!_reader!.Read(block.Row.At(0)))
                throw new InvalidOperationException($"The source has {_rows} rows now; the training that goes on had read {rows}.");
        }
    }
}
