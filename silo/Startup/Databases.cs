namespace Gantral.Silo.Startup;

/// <summary>How to reach the database; the strings hold passwords.</summary>
/// <param name="Serving">As the login that serves: it appends and reads.</param>
/// <param name="Owner">As the owner of the schema; none where this silo is not given it.</param>
internal sealed record Databases(string Serving, string? Owner)
{
    /// <summary>Whether the database is the silo's own, so that its schema is brought up to date without being asked.</summary>
    public required bool IsEmbedded { get; init; }

    /// <summary>Starts an embedded database again if it has died, and says whether it had; nothing to do for any other.</summary>
    public Func<CancellationToken, Task<bool>> EnsureRunning { get; init; } = _ => Task.FromResult(false);
}
