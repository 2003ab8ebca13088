using GenRnn;

namespace TimeSeries.Models;

/// <summary>The smallest recurrent network: three parameters, read fifty times.</summary>
[Input(TimeSteps = 50, Features = 1, Batch = 32)]
[SimpleRnn(1)]
public partial class SingleNeuron;
