using System;

namespace GenRnn;

/// <summary>Collects the number of rows from one item of a data set after the other; all must agree.</summary>
internal sealed class RowCount(string model, string parameter)
{
    private string _firstItem = "";

    /// <summary>The number of rows so far.</summary>
    public int Value { get; private set; }

    /// <summary>An array of so many values.</summary>
    public void Add(string item, int length, int lengthPerRow)
    {
        if (length == 0)
            throw Error($"The data set is empty: {item} of {model} holds no values; expected at least one row of {lengthPerRow}.");
        if (length % lengthPerRow != 0)
            throw Error($"{model}: {item} holds {length} values, which is not a multiple of {lengthPerRow}, the values of one row.");
        Add(item, length / lengthPerRow, $" ({length} values, {lengthPerRow} a row)");
    }

    /// <summary>So many rows.</summary>
    public void Add(string item, int rows, string remark = "")
    {
        if (Value == 0)
            (Value, _firstItem) = (rows, item);
        else if (Value != rows)
            throw Error($"{model}: {item} holds {rows} rows{remark}; {_firstItem} holds {Value}.");
    }

    public ArgumentException Error(string message) => new(message, parameter);

    /// <summary>A refusal that begins with the model's name.</summary>
    public ArgumentException ModelError(string message) => Error($"{model}: {message}");
}
