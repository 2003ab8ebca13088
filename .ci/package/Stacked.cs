using GenRnn;

[Input(TimeSteps = 20, Features = 1)]
[SimpleRnn(20)]
[SimpleRnn(20)]
public partial class Stacked;
