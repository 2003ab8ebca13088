using GenRnn;

namespace CharacterModel;

/// <summary>Reads a character, says how likely each is to come next, and remembers what it read: from window to window in training, from step to step in writing.</summary>
[Input(TimeSteps = 64, Batch = 32)]
[Embedding(Alphabet.Size, 32)]
[Gru(128, ReturnSequences = true, Stateful = true)]
[Dense(Alphabet.Size, Activation = Activation.Softmax)]
public partial class Author;
