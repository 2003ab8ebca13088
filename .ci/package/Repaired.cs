using GenRnn;

[Input(TimeSteps = 50, Features = 1)]
[SimpleRnn(20, Activation = Activation.Tanh, ReturnSequences = true)]
[Lstm(20, Dropout = 0)]
[Dense(3)]
public partial class Classifier;

[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[Conv1D(20, 2, Padding = Padding.Causal)]
[Conv1D(20, 2, Padding = Padding.Causal, DilationRate = 2)]
[Gru(20, Stateful = true)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class Forgetful;

public static class Usage
{
    public static void Run(Classifier model, DataSet<float> data, float[] y)
    {
        model.Fit(data, new FitOptions { Optimizer = new Adam { ClipNorm = 1 }, Loss = new CategoricalCrossentropy { FromLogits = true } });
        model.Predict(new float[Classifier.InputLength], y);
    }
}
