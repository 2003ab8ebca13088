using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Kernels;

/// <summary>
/// A parameter that refers to elements in memory: the arena, a panel of weights, a caller's span. They need not all hold the same element; a reference that a kernel
/// points into one has the element of that one (<see cref="Point"/>).
/// </summary>
/// <param name="Name">Its name in the kernel.</param>
/// <param name="Element">What it refers to.</param>
public sealed record Reference(string Name, ElementType Element)
{
    public override string ToString() => Element + " " + Name;
}
