using GenRnn;

namespace GenLibrary;

/// <summary>Tells which of three gestures 40 samples of an accelerometer are.</summary>
[Input(TimeSteps = 40, Features = 3, Batch = 32)]
[Lstm(16)]
[Dense(3, Activation = Activation.Softmax)]
public partial class Classifier;
