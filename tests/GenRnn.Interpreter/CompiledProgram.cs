using System;
using System.Linq;
using GenRnn.Compiler.Autodiff;
using GenRnn.Compiler.Ir;
using GenRnn.Compiler.Lowering;
using GenRnn.Compiler.Passes;
using GenRnn.Compiler.Shapes;
using GenRnn.Compiler.Spec;

namespace GenRnn.Interpreter;

/// <summary>A declaration's program after the compiler's own passes, as the scheduler gets it.</summary>
public static class CompiledProgram
{
    /// <exception cref="ArgumentException">The declaration has errors; the message lists them.</exception>
    public static Program Of(ModelSpec spec)
    {
        ModelShapes shapes = ShapeInference.Infer(spec);
        if (shapes.HasErrors)
            throw new ArgumentException(string.Join("\n", shapes.Findings.Select(f => f.Id + ": " + string.Join("; ", f.Arguments))), nameof(spec));
        Program program = ModelLowering.Lower(shapes);
        Differentiation.Run(program);
        Pipeline.Run(program);
        return program;
    }
}
