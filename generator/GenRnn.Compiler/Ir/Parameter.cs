using System;
using System.Collections.Generic;
using System.Linq;
using GenRnn.Compiler.Spec;
using GenRnn.Compiler.Targets;

namespace GenRnn.Compiler.Ir;

/// <summary>A weight variable of the model.</summary>
public sealed class Parameter
{
    public Parameter(int layer, string name, string path, IReadOnlyList<int> shape, int offset, InitializerSpec initializer)
    {
        Layer = layer;
        Name = name;
        Path = path;
        Shape = shape;
        Offset = offset;
        Initializer = initializer;
    }

    /// <summary>Index of the layer in the program.</summary>
    public int Layer { get; }

    /// <summary>Keras' short name: <c>kernel</c>, <c>recurrent_kernel</c>, <c>bias</c>.</summary>
    public string Name { get; }

    /// <summary>Keras' path, the key in files.</summary>
    public string Path { get; }

    public IReadOnlyList<int> Shape { get; }

    /// <summary>Where it starts in the dense buffer of all parameters.</summary>
    public int Offset { get; }

    public InitializerSpec Initializer { get; }

    /// <summary>Whether the optimiser updates it; a moving statistic follows the batches instead.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>The penalty on it that is part of the loss; null for none.</summary>
    public RegularizerSpec? Regularizer { get; init; }

    /// <summary>What it is brought back to after every update; null if it is left alone.</summary>
    public ConstraintSpec? Constraint { get; init; }

    public int Length => (int)Math.Min(Count, int.MaxValue);

    /// <summary>Its elements, though they were more than any model may have.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => SizeLimit.Product(product, length));

    /// <summary>The whole of a matrix [rows, columns], or of a vector as one row.</summary>
    public ParameterView View() => Shape.Count == 1
        ? new ParameterView(this, 0, 1, Shape[0], Shape[0], 1)
        : new ParameterView(this, 0, Shape[0], Length / Shape[0], Length / Shape[0], 1);

    /// <summary>Matrix <paramref name="index"/> of a stack of them, [count, rows, columns].</summary>
    public ParameterView Matrix(int index) => new(this, index * Shape[1] * Shape[2], Shape[1], Shape[2], Shape[2], 1);
}

/// <summary>A matrix inside a parameter: element (row, column) is at Offset + row RowStride + column ColumnStride.</summary>
public sealed record ParameterView(Parameter Parameter, int Offset, int Rows, int Columns, int RowStride, int ColumnStride)
{
    public ParameterView Transpose() => new(Parameter, Offset, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Columns [first, first + count).</summary>
    public ParameterView SliceColumns(int first, int count) => this with { Offset = Offset + first * ColumnStride, Columns = count };

    /// <summary>Rows [first, first + count).</summary>
    public ParameterView SliceRows(int first, int count) => this with { Offset = Offset + first * RowStride, Rows = count };
}
