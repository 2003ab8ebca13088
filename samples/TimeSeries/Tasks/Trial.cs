using System.Linq;
using GenRnn;
using TimeSeries.Data;

namespace TimeSeries.Tasks;

/// <summary>A model that was trained, and what the training took.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Model">The model, trained.</param>
/// <param name="SecondsPerEpoch">The median epoch: the first one also pays for just-in-time compilation.</param>
internal sealed record Trial(string Name, IModel<float> Model, double SecondsPerEpoch)
{
    public int Parameters => Model.Parameters.Length;

    /// <summary>Trains <paramref name="model"/> with Adam on the mean squared error.</summary>
    public static Trial Run(string name, IModel<float> model, WindowSet train, WindowSet? validation, int epochs, double learningRate = 0.001)
    {
        History history = model.Fit(ToDataSet(train), new FitOptions
        {
            Validation = validation is null ? null : ToDataSet(validation),
            Optimizer = new Adam { LearningRate = learningRate },
            Loss = Loss.MeanSquaredError,
            Epochs = epochs,
            Seed = 42,
        });
        double[] seconds = [.. history.Epochs.Select(epoch => epoch.Duration.TotalSeconds).Order()];
        return new Trial(name, model, seconds[seconds.Length / 2]);
    }

    /// <summary>One forecast for each window.</summary>
    public float[] Forecast(WindowSet windows)
    {
        var forecasts = new float[windows.Rows];
        Model.Predict(windows.Windows, forecasts);
        return forecasts;
    }

    private static DataSet<float> ToDataSet(WindowSet set) => new(set.Windows, set.Targets);
}
