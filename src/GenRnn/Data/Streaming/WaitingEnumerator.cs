using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace GenRnn;

/// <summary>An asynchronous enumeration that the calling thread waits for.</summary>
internal sealed class WaitingEnumerator<TItem>(IAsyncEnumerator<TItem> items) : IEnumerator<TItem>
{
    public TItem Current => items.Current;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        ValueTask<bool> next = items.MoveNextAsync();
        return next.IsCompletedSuccessfully ? next.Result : next.AsTask().GetAwaiter().GetResult();
    }

    public void Reset() => throw new NotSupportedException();

    public void Dispose() => items.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
