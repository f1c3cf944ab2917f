namespace Gantral.Abstractions.Commands;

/// <summary>What a runner is asked to do.</summary>
public enum WorkKind
{
    /// <summary>Begin the work of a running instance.</summary>
    Start,

    /// <summary>Go on, in a new process, with what a person approved.</summary>
    Resume,
}
