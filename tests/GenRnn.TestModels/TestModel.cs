using GenRnn.Compiler.Spec;

namespace GenRnn.TestModels;

/// <summary>A model of the catalogue.</summary>
/// <param name="Name">Its name, which is its class's as well.</param>
/// <param name="Purpose">What it is in the catalogue for.</param>
/// <param name="Spec">Its declaration.</param>
public sealed record TestModel(string Name, string Purpose, ModelSpec Spec)
{
    /// <summary>Its declaration in C#.</summary>
    public string Declaration => DeclarationText.Write(Spec);

    public override string ToString() => Name;
}
