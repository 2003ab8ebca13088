using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.Calls;

/// <summary>The types of the runtime that rules on calls know by name.</summary>
internal sealed class RuntimeTypes
{
    private RuntimeTypes(Compilation compilation, INamedTypeSymbol model)
    {
        Model = model;
        State = compilation.GetTypeByMetadataName("GenRnn.ModelState`1");
        Workspace = compilation.GetTypeByMetadataName("GenRnn.ModelWorkspace`1");
        Training = compilation.GetTypeByMetadataName("GenRnn.ModelTraining");
        Trainer = compilation.GetTypeByMetadataName("GenRnn.Trainer`1");
        FitOptions = compilation.GetTypeByMetadataName("GenRnn.FitOptions");
        DataSet = compilation.GetTypeByMetadataName("GenRnn.DataSet`1");
        Loss = compilation.GetTypeByMetadataName("GenRnn.Loss");
        Optimizer = compilation.GetTypeByMetadataName("GenRnn.Optimizer");
    }

    /// <summary><c>IModel&lt;TSelf, T&gt;</c>, which only generated classes implement.</summary>
    public INamedTypeSymbol Model { get; }

    public INamedTypeSymbol? State { get; }

    public INamedTypeSymbol? Workspace { get; }

    public INamedTypeSymbol? Training { get; }

    public INamedTypeSymbol? Trainer { get; }

    public INamedTypeSymbol? FitOptions { get; }

    public INamedTypeSymbol? DataSet { get; }

    public INamedTypeSymbol? Loss { get; }

    public INamedTypeSymbol? Optimizer { get; }

    /// <summary>Null if the project does not use Gen.</summary>
    public static RuntimeTypes? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("GenRnn.IModel`2") is { } model ? new RuntimeTypes(compilation, model) : null;

    /// <summary>Whether a type is a state or a workspace of some model.</summary>
    public bool IsMemory(ITypeSymbol? type) => DerivesFrom(type, State) || DerivesFrom(type, Workspace);

    /// <summary>Whether a type is, or derives from, a type definition.</summary>
    public static bool DerivesFrom(ITypeSymbol? type, INamedTypeSymbol? definition)
    {
        for (; type is not null && definition is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, definition))
                return true;
        }

        return false;
    }
}
