using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantral.Silo.Embedded;

/// <summary>Where the embedded PostgreSQL lives and how long it may take.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>The folder that holds everything: cluster, sockets, secrets, log and lock. One live silo each.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>; searched for when not given.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>The unprivileged account of the server when the silo is root; <c>postgres</c>, else <c>nobody</c>, when not given.</summary>
    public string? ServerAccount { get; init; }

    /// <summary>How long a start may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a fast stop may take before an immediate one follows.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Where to tell what happens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal InstallationSearch Search { get; init; } = InstallationSearch.OfThisMachine;
}
