namespace Gantral.Silo.Schema;

/// <summary>What a database is brought to.</summary>
public sealed record MigrationOptions
{
    /// <summary>How to connect as the owner of the tables.</summary>
    public required string OwnerConnectionString { get; init; }

    /// <summary>The login that silos serve with; it gets what it needs and nothing more.</summary>
    public required string ServingLogin { get; init; }

    /// <summary>What the names of new logs begin with, unique for all time; made up when not given.</summary>
    public string? Origin { get; init; }

    /// <summary>How many logs there are at least. A log is never taken away.</summary>
    public int Logs { get; init; } = 1;

    /// <summary>Is told each step in words.</summary>
    public Action<string>? Progress { get; init; }
}
