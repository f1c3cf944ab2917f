namespace Gantral.Cli.Redactions;

/// <summary>What somebody wants erased, as the command line says it.</summary>
internal sealed record Erasure(Guid Instance, long Sequence, IReadOnlyList<string> Fields)
{
    /// <summary>Why; asked for on a terminal.</summary>
    public string? Justification { get; init; }

    /// <summary>Whether nobody is asked.</summary>
    public bool IsSure { get; init; }

    /// <summary>What tells this erasure from another one like it.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the answer is for a program.</summary>
    public bool AsJson { get; init; }
}
