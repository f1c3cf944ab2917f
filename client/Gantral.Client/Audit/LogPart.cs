namespace Gantral.Client;

/// <summary>Which part of a log is taken away, and what of it; all of it unless said.</summary>
public sealed record LogPart
{
    /// <summary>The first position.</summary>
    public long? From { get; init; }

    /// <summary>The position after the last.</summary>
    public long? To { get; init; }

    /// <summary>In place of <see cref="From"/>: what was signed from this moment on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>In place of <see cref="To"/>: what was signed before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only the entries of this team, and those of others as bare hashes.</summary>
    public string? Team { get; init; }

    /// <summary>Whether private content comes along.</summary>
    public bool Payloads { get; init; }

    /// <summary>Goes on with a bundle that broke off at this position; everything else must be as in its header.</summary>
    public long? Resume { get; init; }
}
