namespace GenRnn.Compiler.Ir;

/// <summary>
/// The last steps of a sequence, carried from call to call in a model's State: what a region reads in front of step 0. Zeros at first; no gradient
/// crosses calls.
/// </summary>
/// <param name="Name">Name in the model's State.</param>
/// <param name="Source">The sequence.</param>
/// <param name="Steps">How many steps are carried.</param>
public sealed record SequenceHistory(string Name, Sequence Source, int Steps);
