using GenRnn;

[Input(TimeSteps = 20, Features = 1)]
[SimpleRnn(5)]
[SimpleRnn(5)]
public partial class Stacked;
