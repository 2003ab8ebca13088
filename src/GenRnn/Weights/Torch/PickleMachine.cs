using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace GenRnn;

/// <summary>
/// Reads one pickle of protocol 2 as data. It knows the opcodes that PyTorch's files use and turns every name into an inert record;
/// no class is found, no function called, whatever the file asks for.
/// </summary>
internal sealed class PickleMachine
{
    private const int LongestName = 1024;
    private const int MostMarks = 1000;
    private static readonly object s_mark = new();
    private static readonly object?[] s_noItems = [];
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _pickle;
    private readonly Func<object?, object?> _persistent;
    private readonly PickleNames _names;
    private readonly List<object?> _stack = [];
    private readonly List<object?> _memo = [];
    private int _position;
    private int _containers;
    private int _marks;

    /// <param name="pickle">The pickle, and perhaps more behind it.</param>
    /// <param name="persistent">Gives what a persistent id stands for.</param>
    /// <param name="fileLength">Length of the file that tensors are views of.</param>
    public PickleMachine(ReadOnlyMemory<byte> pickle, Func<object?, object?> persistent, long fileLength)
    {
        _pickle = pickle;
        _persistent = persistent;
        _names = new PickleNames(pickle.Length, fileLength);
        // A pickler spends three bytes on each of the first 256 and six on every other.
        _containers = 256 + pickle.Length / 6;
    }

    /// <summary>Bytes of the pickle, once it has been run.</summary>
    public int Length => _position;

    /// <summary>The value that the pickle leaves.</summary>
    /// <exception cref="System.IO.InvalidDataException">It is damaged, or asks for what no weight file needs.</exception>
    public object? Run()
    {
        if (Byte() != 0x80)
            throw FileFault.Damaged("a pickle does not begin with its protocol");
        byte protocol = Byte();
        if (protocol != 2)
            throw FileFault.Refused($"a pickle of protocol {protocol}; torch.save writes 2");
        while (true)
        {
            byte code = Byte();
            if (code == (byte)'.')
            {
                object? value = Pop();
                return _stack.Count == 0 ? value : throw FileFault.Damaged("a pickle leaves several values");
            }

            Step(code);
        }
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case (byte)'(':
                if (++_marks > MostMarks)
                    throw FileFault.Refused($"a pickle with more than {MostMarks} open marks");
                _stack.Add(s_mark);
                break;
            case (byte)'q': Keep(Byte()); break;
            case (byte)'r': Keep(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case (byte)'h': Recall(Byte()); break;
            case (byte)'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case (byte)'X': _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case (byte)'K': _stack.Add((long)Byte()); break;
            case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 0x8A: _stack.Add(Integer(Byte())); break;
            case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case (byte)'N': _stack.Add(null); break;
            case 0x88: _stack.Add(true); break;
            case 0x89: _stack.Add(false); break;
            case (byte)'}': Made(new PickleDictionary(isOrdered: false)); break;
            case (byte)']': Made(new List<object?>()); break;
            case (byte)')': _stack.Add(s_noItems); break;
            case 0x85: Made(Last(1)); break;
            case 0x86: Made(Last(2)); break;
            case 0x87: Made(Last(3)); break;
            case (byte)'t': Made(ToMark()); break;
            case (byte)'a': Extend(Last(1)); break;
            case (byte)'e': Extend(ToMark()); break;
            case (byte)'s': Put(Last(2)); break;
            case (byte)'u': Put(ToMark()); break;
            case (byte)'c': _stack.Add(new PickleName(Line() + "." + Line())); break;
            case 0x81: Construct(); break;
            case (byte)'R': Call(); break;
            case (byte)'b': Build(); break;
            case (byte)'Q': _stack.Add(_persistent(Pop())); break;
            default: throw FileFault.Refused($"the pickle opcode 0x{code:X2}");
        }
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)(_pickle.Length - _position))
            throw FileFault.Damaged("a pickle ends inside a value");
        ReadOnlySpan<byte> taken = _pickle.Span.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private byte Byte() => Take(1)[0];

    private string Text(uint length)
    {
        ReadOnlySpan<byte> bytes = Take(length);
        // Python may write half of a surrogate pair, which is no UTF-8; no name of a weight has one.
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A whole number of up to 16 bytes, lowest first, the highest with its sign: a long if it fits.</summary>
    private object Integer(byte length)
    {
        if (length > 16)
            throw FileFault.Refused($"a whole number of {length} bytes");
        ReadOnlySpan<byte> bytes = Take(length);
        Int128 number = length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--)
            number = number << 8 | bytes[i];
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private string Line()
    {
        ReadOnlySpan<byte> rest = _pickle.Span[_position..];
        int end = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)'\n');
        if (end < 0)
            throw FileFault.Damaged("a name in a pickle is not ended");
        _position += end + 1;
        try
        {
            return s_strict.GetString(rest[..end]);
        }
        catch (DecoderFallbackException)
        {
            throw FileFault.Damaged("a name in a pickle is not UTF-8");
        }
    }

    private void Made(object value)
    {
        Charge();
        _stack.Add(value);
    }

    private void Charge()
    {
        if (--_containers < 0)
            throw FileFault.Refused("a pickle with more containers than its length can hold");
    }

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object? Top()
    {
        if (_stack.Count == 0 || ReferenceEquals(_stack[^1], s_mark))
            throw FileFault.Damaged("a pickle takes a value that is not there");
        return _stack[^1];
    }

    private object?[] Last(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return items;
    }

    private object?[] ToMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0)
            throw FileFault.Damaged("a pickle goes back to a mark that is not there");
        _marks--;
        object?[] items = _stack.GetRange(mark + 1, _stack.Count - mark - 1).ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Keep(uint number)
    {
        object? value = Top();
        // Picklers count from 0 upwards, so that a list is enough.
        if (number > (uint)_memo.Count)
            throw FileFault.Refused($"the memo {number} of a pickle out of order");
        if (number == (uint)_memo.Count)
            _memo.Add(value);
        else
            _memo[(int)number] = value;
    }

    private void Recall(uint number) => _stack.Add(number < (uint)_memo.Count
        ? _memo[(int)number]
        : throw FileFault.Damaged($"the memo {number} of a pickle was never kept"));

    private void Extend(object?[] items)
    {
        switch (Top())
        {
            case List<object?> list: list.AddRange(items); break;
            case PickleRecord record: (record.Items ??= []).AddRange(items); break;
            default: throw FileFault.Damaged("a pickle appends to what is no list");
        }
    }

    private void Put(object?[] items)
    {
        object? target = Top();
        if (items.Length % 2 != 0)
            throw FileFault.Damaged("a pickle with a key without a value");
        switch (target)
        {
            case PickleDictionary dictionary:
                for (int i = 0; i < items.Length; i += 2)
                {
                    if (items[i] is not (null or string or long or double or bool or Int128))
                        throw FileFault.Refused("a dictionary with keys that are no plain values");
                    dictionary.Put(items[i], items[i + 1]);
                }

                break;
            case PickleRecord record: (record.Items ??= []).AddRange(items); break;
            default: throw FileFault.Damaged("a pickle writes into what is no dictionary");
        }
    }

    private void Construct()
    {
        object? arguments = Pop(), type = Pop();
        if (arguments is not object?[] tuple)
            throw FileFault.Damaged("a pickle makes an object without a tuple");
        Made(new PickleRecord(type, tuple, isObject: true));
    }

    private void Call()
    {
        object? arguments = Pop(), function = Pop();
        if (arguments is not object?[] tuple)
            throw FileFault.Damaged("a pickle makes a call without a tuple");
        Charge();
        _stack.Add(_names.Result(function as PickleName, tuple) ?? new PickleRecord(function, tuple, isObject: false));
    }

    private void Build()
    {
        object? state = Pop();
        switch (Top())
        {
            // Its _metadata, which says nothing of the weights.
            case PickleDictionary { IsOrdered: true }: break;
            case PickleRecord { State: null } record: record.State = state; break;
            case PickleRecord: throw FileFault.Refused("an object of a pickle that is built twice");
            default: throw FileFault.Refused("a pickle that builds what is no object");
        }
    }
}
