using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CharacterModel;
using GenRnn;

// Learns to write from Moby-Dick, character by character, by truncated back-propagation through time.
//   CharacterModel [--quick] [--epochs N] [--temperature T] [--output FOLDER]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
bool isQuick = args.Contains("--quick");
int epochs = (int)Option("--epochs", isQuick ? 1 : 20);
double temperature = Option("--temperature", 0.6);
string folder = Array.IndexOf(args, "--output") is >= 0 and int place && place + 1 < args.Length ? args[place + 1] : Directory.GetCurrentDirectory();

using Stream resource = typeof(Author).Assembly.GetManifestResourceStream("moby-dick.txt") ?? throw new InvalidOperationException("The text is not embedded in the assembly.");
string text = new StreamReader(resource).ReadToEnd();
if (isQuick)
    text = text[..30_000];

// The last tenth is held back. The rest is cut into 32 tracks, a row of the batch each; its windows of 64 characters follow each other, and each character's target is the next one.
int trainLength = text.Length / 10 * 9;
var windows = new WindowOptions { SequenceLength = Author.TimeSteps, TargetsAtEachStep = true };
WindowDataSet<float> train = new TimeSeries<float>(Alphabet.ToIds(text[..trainLength])).Tracks(windows, Author.Batch);
WindowDataSet<float> validation = new TimeSeries<float>(Alphabet.ToIds(text[trainLength..])).Tracks(windows, Author.Batch);
Console.WriteLine($"{text.Length} characters; {train.Count / train.Tracks} batches of {train.Tracks} windows of {Author.TimeSteps}; {Author.ParameterCount} parameters");

var author = new Author(seed: 1);
History history = author.Fit(train, new FitOptions
{
    Optimizer = new Adam { LearningRate = 0.003, GlobalClipNorm = 1 },
    Loss = Loss.SparseCategoricalCrossentropy,
    Metrics = [Metric.SparseCategoricalAccuracy],
    Validation = validation,
    Epochs = epochs,
    Threads = Environment.ProcessorCount,
    Verbose = Verbosity.EpochLines,
});
Console.WriteLine($"{history.Duration.TotalSeconds:F1} s; {Math.Exp(history["val_loss"][^1]):F2} characters come into question for the next one, on the held back text");

string path = Path.Combine(folder, "author.safetensors");
author.Save(path);
Console.WriteLine($"Weights: {path}");
Console.WriteLine();
Console.WriteLine(Writer.Write(Author.Load(path), "The whale ", isQuick ? 80 : 600, temperature, new Random(1)));
return 0;

double Option(string name, double value) =>
    Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : value;
