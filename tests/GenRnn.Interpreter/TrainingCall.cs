namespace GenRnn.Interpreter;

/// <summary>What the random values of a pass depend on.</summary>
/// <param name="Seed">The workspace's seed.</param>
/// <param name="Number">Its count of training calls, this one included.</param>
public readonly record struct TrainingCall(int Seed, long Number);
