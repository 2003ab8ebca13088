using System.Linq;
using Microsoft.CodeAnalysis;

namespace GenRnn.Analyzers.CallFacts;

/// <summary>The types of the runtime that rules on calls know by name.</summary>
internal sealed class RuntimeTypes
{
    private const string AssemblyName = "GenRnn";

    private RuntimeTypes(IAssemblySymbol runtime, INamedTypeSymbol model)
    {
        Model = model;
        State = runtime.GetTypeByMetadataName("GenRnn.ModelState`1");
        Workspace = runtime.GetTypeByMetadataName("GenRnn.ModelWorkspace`1");
        Training = runtime.GetTypeByMetadataName("GenRnn.ModelTraining");
        Trainer = runtime.GetTypeByMetadataName("GenRnn.Trainer`1");
        FitOptions = runtime.GetTypeByMetadataName("GenRnn.FitOptions");
        DataSet = runtime.GetTypeByMetadataName("GenRnn.DataSet`1");
        Loss = runtime.GetTypeByMetadataName("GenRnn.Loss");
        Optimizer = runtime.GetTypeByMetadataName("GenRnn.Optimizer");
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
        FindAssembly(compilation) is { } runtime && runtime.GetTypeByMetadataName("GenRnn.IModel`2") is { } model ? new RuntimeTypes(runtime, model) : null;

    /// <summary>The assembly of the runtime; null if the project does not reference it.</summary>
    /// <remarks>A type that is asked for by name is looked for in all references: that reads each of them, two hundred times what one costs.</remarks>
    public static IAssemblySymbol? FindAssembly(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(a => a.Name == AssemblyName);

    /// <summary>Whether an assembly uses the runtime. Those of the platform don't, and they are nearly all that a project references.</summary>
    public static bool IsUsedBy(IAssemblySymbol assembly) => !assembly.Name.StartsWith("System.", System.StringComparison.Ordinal)
        && assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == AssemblyName));

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
