namespace Gantral.Client;

/// <summary>Where a silo is, and who speaks.</summary>
public sealed record GantralClientOptions
{
    /// <summary>The address of the silo, or of what stands before several, such as <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gives the bearer token of a request; asked before each, so that one that runs out is replaced by whoever gets them.</summary>
    public required Func<CancellationToken, ValueTask<string>> Token { get; init; }

    /// <summary>How long an answer may take; what is asked to wait may take that much longer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The clock by which that is measured.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
