using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace GenRnn.CompilerServices;

/// <summary>
/// Checks of arguments, run once per public call before anything changes. Each message says what was found and what was
/// expected; the throwing halves are kept out of line so that the checks themselves inline.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>Number of rows in a span of <paramref name="length"/> values.</summary>
    /// <exception cref="ArgumentException">The length is not a positive multiple of <paramref name="lengthPerRow"/>.</exception>
    public static int Rows(int length, int lengthPerRow, string parameter)
    {
        int rows = length / lengthPerRow;
        if (rows == 0 || rows * lengthPerRow != length)
            ThrowRows(length, lengthPerRow, parameter);
        return rows;
    }

    /// <summary>The same of a packed buffer in which a number of time steps stands behind each row's values.</summary>
    /// <param name="length">Values of the buffer.</param>
    /// <param name="lengthPerRow">What a row takes in it, lengths included.</param>
    /// <param name="lengthsPerRow">How many of these are lengths.</param>
    /// <param name="parameter">Name of the argument.</param>
    /// <exception cref="ArgumentException">The length is not a positive multiple of <paramref name="lengthPerRow"/>.</exception>
    public static int PackedRows(int length, int lengthPerRow, int lengthsPerRow, string parameter)
    {
        int rows = length / lengthPerRow;
        if (rows == 0 || rows * lengthPerRow != length)
            ThrowPackedRows(length, lengthPerRow, lengthsPerRow, parameter);
        return rows;
    }

    /// <summary>Requires a span of exactly <paramref name="expected"/> values.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static void Length(int found, int expected, string parameter)
    {
        if (found != expected)
            ThrowLength(found, expected, parameter);
    }

    /// <summary>Requires a span of <paramref name="perRow"/> values for each row.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static void Length(int found, int rows, int perRow, string parameter)
    {
        // A product of two sizes may be more than any span can hold.
        if (found != (long)rows * perRow)
            ThrowLength(found, (long)rows * perRow, parameter);
    }

    /// <summary>Requires a span of <paramref name="perRow"/> values for each row of a State: it says how many rows a step has.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static void StepLength(int found, int rows, int perRow, string parameter)
    {
        if (found != (long)rows * perRow)
            ThrowStepLength(found, rows, perRow, parameter);
    }

    /// <summary>Requires a length from 1 to <paramref name="timeSteps"/> for each row.</summary>
    /// <exception cref="ArgumentException">There is another number of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is no whole number, or outside.</exception>
    public static void Lengths<T>(RowLengths<T> lengths, int rows, int timeSteps, string parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (lengths.Length != rows)
            ThrowLengthCount(lengths.Length, rows, parameter);
        T largest = T.CreateTruncating(timeSteps);
        for (int row = 0; row < rows; row++)
        {
            T length = lengths[row];
            if (!(length >= T.One && length <= largest && T.IsInteger(length)))
                ThrowRowLength(row, double.CreateTruncating(length), timeSteps, parameter);
        }
    }

    /// <summary>Requires that <paramref name="rows"/> rows fit one compiled pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <paramref name="batch"/>.</exception>
    public static void RowsAtMost(int rows, int batch, string parameter)
    {
        if (rows > batch)
            ThrowRowsAtMost(rows, batch, parameter);
    }

    /// <summary>Requires rows [first, first + count) that a thread can take: they start at a multiple of <paramref name="block"/>, and end at one or with the batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not, or there are none.</exception>
    public static void RowRange(int first, int count, int batch, int block)
    {
        if (first < 0 || first % block != 0)
            ThrowRowRange(nameof(first), first, count, batch, block);
        if (count <= 0 || count > batch - first || (count % block != 0 && first + count != batch))
            ThrowRowRange(nameof(count), first, count, batch, block);
    }

    /// <summary>Requires a workspace or state that this model class made: kernels reach into its memory unchecked.</summary>
    /// <typeparam name="TOwn">The class's own type of it, which nobody else can make.</typeparam>
    /// <param name="found">The workspace or state.</param>
    /// <param name="info">What it says it belongs to.</param>
    /// <param name="expected">The model.</param>
    /// <param name="parameter">Name of the argument.</param>
    /// <exception cref="ArgumentException">It is another model's.</exception>
    public static void MadeBy<TOwn>(object found, ModelInfo info, ModelInfo expected, string parameter)
        where TOwn : class
    {
        if (found is not TOwn)
            ThrowSameModel(expected, info, parameter);
    }

    /// <summary>Requires that two states belong to one model.</summary>
    /// <exception cref="ArgumentException">It belongs to another model.</exception>
    public static void SameModel(ModelInfo expected, ModelInfo found, string parameter)
    {
        // One instance a model class: generated code hands out a static.
        if (!ReferenceEquals(expected, found))
            ThrowSameModel(expected, found, parameter);
    }

    /// <summary>Requires that a state has as many rows as the call.</summary>
    /// <exception cref="ArgumentException">It has another number of rows.</exception>
    public static void StateRows(int stateRows, int rows, string parameter)
    {
        if (stateRows != rows)
            ThrowStateRows(stateRows, rows, parameter);
    }

    /// <summary>Requires that a state of <paramref name="rows"/> rows can be made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is neither 1 nor <paramref name="batch"/>.</exception>
    /// <returns>The number.</returns>
    public static int StateRowsAllowed(int rows, int batch)
    {
        if (rows != 1 && rows != batch)
            ThrowStateRowsAllowed(rows, batch);
        return rows;
    }

    /// <summary>Requires that a backward pass computed the gradient of the inputs, if there is room for it.</summary>
    /// <exception cref="ArgumentException">It did not.</exception>
    public static void InputGradientWanted(int length, bool isWanted, string parameter)
    {
        if (length > 0 && !isWanted)
            ThrowInputGradientWanted(length, parameter);
    }

    /// <summary>Requires ids whose integer parts are 0 to <paramref name="vocabulary"/> - 1.</summary>
    /// <param name="ids">All ids of a call.</param>
    /// <param name="rows">Rows of the call.</param>
    /// <param name="vocabulary">Number of ids.</param>
    /// <param name="isTimeMajor">Whether steps, not rows, come first.</param>
    /// <param name="parameter">Name of the argument.</param>
    /// <param name="lengths">Time steps of each row, behind which anything may stand; empty if a row has all.</param>
    /// <exception cref="ArgumentException">One is NaN or outside; the message names its row and step.</exception>
    public static void Ids<T>(ReadOnlySpan<T> ids, int rows, int vocabulary, bool isTimeMajor, string parameter, RowLengths<T> lengths = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T end = T.CreateTruncating(vocabulary);
        for (int i = 0; i < ids.Length; i++)
        {
            // NaN is neither.
            if (!(ids[i] > T.NegativeOne && ids[i] < end) && !IsBehind(lengths, i, rows, ids.Length / rows, isTimeMajor))
                ThrowIds(ids[i], i, rows, ids.Length / rows, vocabulary, isTimeMajor, parameter);
        }
    }

    private static bool IsBehind<T>(RowLengths<T> lengths, int index, int rows, int steps, bool isTimeMajor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int row, int step) = isTimeMajor ? (index % rows, index / rows) : (index / steps, index % steps);
        return lengths.Length > 0 && T.CreateTruncating(step) >= lengths[row];
    }

    /// <summary>Requires that a workspace's last forward pass was one of training.</summary>
    /// <exception cref="InvalidOperationException">It was not: it has no statistics of a batch.</exception>
    public static void IsTrainingPass(bool isTraining)
    {
        if (!isTraining)
            ThrowIsTrainingPass();
    }

    /// <summary>Requires that a pass takes all rows at once.</summary>
    /// <exception cref="ArgumentException">It takes a part of them.</exception>
    public static void AllRows(int first, int count, int batch)
    {
        if (first != 0 || count != batch)
            ThrowAllRows(first, count, batch);
    }

    [DoesNotReturn]
    private static void ThrowRows(int length, int lengthPerRow, string parameter) => throw new ArgumentException(
        length == 0
            ? $"Found no values; expected at least one row of {lengthPerRow}."
            : $"Found {length} values; expected a multiple of {lengthPerRow}, the length of one row.",
        parameter);

    [DoesNotReturn]
    private static void ThrowPackedRows(int length, int lengthPerRow, int lengthsPerRow, string parameter)
    {
        int values = lengthPerRow - lengthsPerRow;
        string lengths = lengthsPerRow == 1 ? "its length" : $"its {lengthsPerRow} lengths";
        string found = length > 0 && length % values == 0 ? $"Found {length} values, {length / values} rows without lengths" : $"Found {length} values";
        throw new ArgumentException(
            $"{found}; expected {lengthPerRow} for each row, its {values} values and {lengths}, because the model is declared with Lengths = true. "
            + "Hand the lengths over between input and output, or pack them behind the input's rows.",
            parameter);
    }

    [DoesNotReturn]
    private static void ThrowLength(int found, long expected, string parameter) =>
        throw new ArgumentException($"Found {found} values; expected {expected}.", parameter);

    [DoesNotReturn]
    private static void ThrowStepLength(int found, int rows, int perRow, string parameter) =>
        throw new ArgumentException(
            $"Found {found} values; expected {(long)rows * perRow}: the state was made for {rows} {(rows == 1 ? "row" : "rows")}, each of {perRow}." + RowsAdvice(rows, found == perRow), parameter);

    /// <summary>A stateful model's states have the rows of its batch unless something else is said, and nobody who steps a single row said anything.</summary>
    private static string RowsAdvice(int stateRows, bool isOneRow) =>
        stateRows > 1 && isOneRow ? " For a single row make it by CreateState(1); a stateful model's CreateState() has the rows of a whole batch." : "";

    [DoesNotReturn]
    private static void ThrowLengthCount(int found, int rows, string parameter) =>
        throw new ArgumentException($"Found {found} lengths; expected {rows}, one for each row.", parameter);

    [DoesNotReturn]
    private static void ThrowRowLength(int row, double length, int timeSteps, string parameter) => throw new ArgumentOutOfRangeException(
        parameter, string.Create(CultureInfo.InvariantCulture, $"Found a length of {length} for row {row}; expected 1 to {timeSteps}, the time steps of the input."));

    [DoesNotReturn]
    private static void ThrowRowsAtMost(int rows, int batch, string parameter) => throw new ArgumentOutOfRangeException(
        parameter, $"Found {rows} rows; a training pass takes 1 to {batch}, the model's batch.");

    [DoesNotReturn]
    private static void ThrowSameModel(ModelInfo expected, ModelInfo found, string parameter) => throw new ArgumentException(
        $"Found a workspace or state of the model '{found.Name}'; expected one of '{expected.Name}', made by its own CreateWorkspace or CreateState.", parameter);

    [DoesNotReturn]
    private static void ThrowStateRows(int stateRows, int rows, string parameter) =>
        throw new ArgumentException(
            $"Found a state of {stateRows} {(stateRows == 1 ? "row" : "rows")}; expected {rows}, the number of rows of the call." + RowsAdvice(stateRows, rows == 1), parameter);

    [DoesNotReturn]
    private static void ThrowStateRowsAllowed(int rows, int batch) => throw new ArgumentOutOfRangeException(
        nameof(rows), $"Found {rows} rows; a state has 1 row or {batch}, the model's batch.");

    [DoesNotReturn]
    private static void ThrowIds<T>(T id, int index, int rows, int steps, int vocabulary, bool isTimeMajor, string parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int row = isTimeMajor ? index % rows : index / steps, step = isTimeMajor ? index / rows : index % steps;
        throw new ArgumentException(FormattableString.Invariant($"Found the id {id} in row {row} at step {step}; ids are 0 to {vocabulary - 1}."), parameter);
    }

    [DoesNotReturn]
    private static void ThrowIsTrainingPass() =>
        throw new InvalidOperationException("Statistics of a batch come from a forward pass of training: call Forward with training: true first.");

    [DoesNotReturn]
    private static void ThrowAllRows(int first, int count, int batch) => throw new ArgumentException(
        FormattableString.Invariant($"Found {count} rows from row {first}; a model whose statistics are those of the batch takes all {batch} at once (ModelInfo.MixesRows)."), nameof(count));

    [DoesNotReturn]
    private static void ThrowInputGradientWanted(int length, string parameter) => throw new ArgumentException(
        $"Found room for {length} values; this backward pass was begun without the gradient of the inputs, so expected none.", parameter);

    [DoesNotReturn]
    private static void ThrowRowRange(string parameter, int first, int count, int batch, int block) => throw new ArgumentOutOfRangeException(
        parameter, FormattableString.Invariant($"Found {count} rows from row {first}; expected a range of the {batch} rows of a pass that starts at a multiple of {block} and ends at one or with the last row."));

    [DoesNotReturn]
    internal static void ThrowInUse(string what) => throw new InvalidOperationException(
        $"Another call uses this {what}: one serves one call at a time. Give each thread its own.");
}
