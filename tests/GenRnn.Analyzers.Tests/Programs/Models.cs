using GenRnn;

[Input(TimeSteps = 24, Features = 3, Batch = 16)] [Lstm(12)] [Dense(2)]
public partial class Forecaster;

[Input(TimeSteps = 24, Features = 3, Batch = 16)] [Gru(8, Stateful = true, ReturnSequences = true)] [Dense(1)]
public partial class Detector;

[Input(TimeSteps = 30, Lengths = true)] [Embedding(500, 8)] [Lstm(12)] [Dense(4, Activation = Activation.Softmax)]
public partial class Classifier;

[Input(TimeSteps = 10, Features = 4, Name = "Source")] [Lstm(6, Name = "Encoder", ReturnState = true)]
public partial class Encoder;

[Input(TimeSteps = 1, Features = 4, Name = "Target")] [Input(Features = 6, Name = "H0")] [Input(Features = 6, Name = "C0")] [InitialState("H0", "C0")] [Lstm(6, ReturnState = true, Name = "Decoder")] [Dense(4)]
public partial class Decoder;
