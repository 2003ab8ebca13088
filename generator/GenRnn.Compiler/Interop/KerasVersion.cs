namespace GenRnn.Compiler.Interop;

/// <summary>The dialects of Keras' files. They differ in names of flags, in defaults, and in one function: the hard sigmoid.</summary>
public enum KerasVersion
{
    /// <summary>1.x: flags of their own names, the hard sigmoid 0.2 x + 0.5.</summary>
    Keras1 = 1,

    /// <summary>2.x and tf.keras: today's names, the hard sigmoid of Keras 1.</summary>
    Keras2,

    /// <summary>3.x: the hard sigmoid x / 6 + 0.5.</summary>
    Keras3,
}
