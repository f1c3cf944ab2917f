using System.Collections.Immutable;
using System.Net;
using Gantral.Silo.Gateway.Limits;
using Gantral.Silo.Gateway.Tls;
using Gantral.Silo.Identity.Federation;

namespace Gantral.Silo.Gateway;

/// <summary>Where the gateway listens, and to whom.</summary>
internal sealed record GatewayOptions
{
    /// <summary>The addresses.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [IPAddress.Loopback];

    /// <summary>The port; 0 takes one that is free.</summary>
    public required int Port { get; init; }

    /// <summary>Whether only requests that name this machine are answered, as a development silo wants it.</summary>
    public required bool LocalOnly { get; init; }

    /// <summary>Whether the API is served, or health alone.</summary>
    public bool ServesApi { get; init; } = true;

    /// <summary>Where people may sign in on the pages.</summary>
    public ImmutableArray<PagesSignIn> SignIns { get; init; } = [];

    /// <summary>The certificate to serve with; none serves in the clear.</summary>
    public ServedCertificate? Certificate { get; init; }

    /// <summary>How much is taken on.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How long requests in flight may take to finish when the silo stops.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(20);
}
