namespace Gantral.Cli.Apply;

/// <summary>What a definition defines, in the order in which they are registered: each may name those before it.</summary>
internal enum DefinitionKind
{
    /// <summary>A policy version.</summary>
    Policy,

    /// <summary>A connection version.</summary>
    Connection,

    /// <summary>A workflow version.</summary>
    Workflow,
}
