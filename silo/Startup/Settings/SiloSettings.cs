using System.Collections.Immutable;
using System.Net;

using Gantral.Evidence.Log;
using Gantral.Grains.Instances;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Gateway.Tls;
using Gantral.Silo.Identity.Federation;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Policies;
using Gantral.Silo.Secrets;
namespace Gantral.Silo.Startup.Settings;

/// <summary>What a silo is told, checked.</summary>
internal sealed record SiloSettings
{
    /// <summary>The addresses it listens on.</summary>
    public required ImmutableArray<IPAddress> Addresses { get; init; }

    /// <summary>The port; 0 takes one that is free.</summary>
    public required int Port { get; init; }

    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>How to reach the database as the serving login; none means the embedded one.</summary>
    public string? Database { get; init; }

    /// <summary>How to reach it as the owner of the schema.</summary>
    public string? OwnerDatabase { get; init; }

    /// <summary>The key that signs heads, shared by all silos of the database.</summary>
    public string? SigningKeyFile { get; init; }

    /// <summary>Where the newest heads are remembered outside the database.</summary>
    public string? KnownHeadsFolder { get; init; }

    /// <summary>Whose signatures beside the logs' own are kept.</summary>
    public ImmutableArray<LogVerifyingKey> Witnesses { get; init; } = [];

    /// <summary>How many logs the database is to have at least; more than one spreads writing over cores.</summary>
    public int Logs { get; init; } = 1;

    /// <summary>What the names of new logs begin with; made up when not given.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether the serving login may be one that can change evidence: for a trial on a database with one login.</summary>
    public bool AllowPrivilegedLogin { get; init; }

    /// <summary>Whether the local issuer is on.</summary>
    public required bool DevelopmentIdentity { get; init; }

    /// <summary>The issuers whose tokens are believed, beside the local one.</summary>
    public ImmutableArray<IssuerSettings> Issuers { get; init; } = [];

    /// <summary>What this silo does.</summary>
    public required ImmutableArray<SiloRole> Roles { get; init; }

    /// <summary>Where this silo may call out to.</summary>
    public OutgoingHosts Outgoing { get; init; } = new([], isDevelopment: false);

    /// <summary>Where the secrets of the teams lie.</summary>
    public MountedSecrets Secrets { get; init; } = new(folder: null);

    /// <summary>Where people reach the pages.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What the operator says about policy, to be written into the log.</summary>
    public OperatorSettings? Policy { get; init; }

    /// <summary>How much it takes on.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>The certificate it serves with; none serves in the clear.</summary>
    public ServedCertificate? Certificate { get; init; }

    /// <summary>Whether something in front of it speaks TLS.</summary>
    public bool TlsTerminatedElsewhere { get; init; }

    /// <summary>For how long it still takes requests when it is told to stop and says that it is not ready any more.</summary>
    public TimeSpan DrainNotice { get; init; }

    /// <summary>What becomes of an instance whose commit failed because the storage was away.</summary>
    public required OnStorageFailure OnStorageFailure { get; init; }
}
