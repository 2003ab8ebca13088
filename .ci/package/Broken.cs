using GenRnn;

[Input(TimeSteps = 50, Features = 1)]
[SimpleRnn(20, Activation = Activation.Relu)]
[Lstm(20, Dropout = -0.1)]
[Dense(3)]
public partial class Classifier;

[Input(TimeSteps = 50, Features = 1)]
[Conv1D(20, 2, Padding = Padding.Causal)]
[Conv1D(20, 2, Padding = Padding.Same, DilationRate = 2)]
[Gru(20, Stateful = true)]
[Dense(1, Activation = Activation.Softmax)]
public partial class Forgetful;

public static class Usage
{
    public static void Run(Classifier model, DataSet<float> data, float[] y)
    {
        model.Fit(data, new FitOptions { Optimizer = new Adam { ClipNorm = 1, ClipValue = 0.5 }, Loss = Loss.CategoricalCrossentropy });
        model.Predict(new float[49], y);
    }
}
