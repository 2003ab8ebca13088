namespace GenRnn.Interpreter;

/// <summary>
/// What rule 5 of the numeric contract lets a declaration choose: the order in which a parameter's gradient is summed.
/// </summary>
/// <param name="Batch">Rows of the compiled pass; a call with fewer is padded to it.</param>
/// <param name="RowsInLanes">Whether rows of the batch, not units, lie in the lanes of a vector.</param>
public readonly record struct GradientOrder(int Batch, bool RowsInLanes);
