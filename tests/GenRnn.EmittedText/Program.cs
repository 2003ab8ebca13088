using System;
using System.IO;
using GenRnn.Compiler;
using GenRnn.Compiler.Spec;
using GenRnn.TestModels;

// Writes the emitted file of every catalogue model, at its own batch, 1 and 2, in both precisions: a change of the compiler that is to change no text runs it before and
// after, into two folders, and compares them by diff -r.
if (args.Length != 1)
{
    Console.Error.WriteLine("GenRnn.EmittedText FOLDER");
    return 1;
}

int count = 0;
Directory.CreateDirectory(args[0]);
foreach (TestModel model in ModelCatalogue.All)
{
    foreach (int batch in new[] { 0, 1, 2 })
    {
        foreach (bool isDouble in new[] { false, true })
        {
            ModelSpec spec = (batch == 0 ? model.Spec : model.Spec.WithBatch(batch)).WithPrecision(isDouble);
            CompiledModel compiled = ModelCompiler.Compile(spec);
            string name = FormattableString.Invariant($"{model.Name}.{(batch == 0 ? "own" : $"batch{batch}")}.{(isDouble ? "double" : "float")}.g.cs");
            File.WriteAllText(Path.Combine(args[0], name), compiled.Source + string.Concat(compiled.Findings));
            count++;
        }
    }
}

Console.WriteLine(FormattableString.Invariant($"{count} files"));
return 0;
