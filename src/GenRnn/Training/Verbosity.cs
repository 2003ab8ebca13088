namespace GenRnn;

/// <summary>What training prints, in Keras 3's form.</summary>
public enum Verbosity
{
    /// <summary><see cref="Progress"/> on an interactive console, <see cref="Silent"/> when its output is redirected;
    /// <see cref="EpochLines"/> if <see cref="FitOptions.Output"/> is set.</summary>
    Auto,

    /// <summary>Nothing: Keras' <c>verbose=0</c>.</summary>
    Silent,

    /// <summary>A bar that moves: Keras' <c>verbose=1</c>.</summary>
    Progress,

    /// <summary>A line at the end of each epoch: Keras' <c>verbose=2</c>.</summary>
    EpochLines,
}
