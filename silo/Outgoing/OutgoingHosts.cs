using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Gantral.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gantral.Silo.Outgoing;

/// <summary>
/// Where this silo may call out to: the hosts that the operator names, by name or address, on any port. Where none is
/// named, loopback addresses in development and nothing at all elsewhere.
/// </summary>
public sealed class OutgoingHosts
{
    /// <summary>The setting that names the hosts.</summary>
    public const string Setting = "Gantral:Outgoing:Hosts";

    // New connections look the name up again, so that a service may move.
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(2);

    private readonly FrozenSet<string> _hosts;
    private readonly bool _loopback;

    /// <summary>Takes the configured hosts, or says what is wrong with them.</summary>
    /// <param name="hosts">Names and addresses, without scheme, port and path.</param>
    /// <param name="isDevelopment">Whether loopback is allowed where no host is named.</param>
    public OutgoingHosts(IReadOnlyCollection<string> hosts, bool isDevelopment)
    {
        _hosts = hosts.Select(Known).ToFrozenSet(StringComparer.Ordinal);
        _loopback = isDevelopment && hosts.Count == 0;
    }

    /// <summary>How a name becomes addresses.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Takes the hosts of a configuration.</summary>
    public static OutgoingHosts From(IConfiguration configuration, bool isDevelopment) =>
        new([.. configuration.GetSection(Setting).GetChildren().Select(host => host.Value ?? "")], isDevelopment);

    /// <summary>Why a URL is not called from here, or nothing.</summary>
    public string? Refusal(Uri url) =>
        Allows(url.IdnHost) ? null
        : _loopback ? $"url names the host '{url.IdnHost}', and without {Setting} only loopback addresses are called; ask the operator to add it there."
        : $"url names the host '{url.IdnHost}', which is not among {Setting}; ask the operator to add it there.";

    /// <summary>A handler that connects to allowed hosts only, and leaves everything to its caller: no redirects, no cookies, no proxy, no decompression.</summary>
    public SocketsHttpHandler NewHandler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = LongestConnection,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
    };

    private bool Allows(string host) =>
        Address(host) is { } address
            ? _loopback ? IPAddress.IsLoopback(address) : _hosts.Contains(address.ToString())
            : _loopback ? host == "localhost" : _hosts.Contains(host);

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint place, CancellationToken cancellation)
    {
        if (!Allows(place.Host.ToLowerInvariant()))
        {
            throw new HostNotAllowedException($"{place.Host} is not an allowed host.");
        }

        // Connected by the very addresses that were looked at: a name cannot lead elsewhere in between.
        var found = Address(place.Host) is { } literal ? [literal] : await Resolve(place.Host, cancellation);
        IPAddress[] addresses = _loopback ? [.. found.Where(IPAddress.IsLoopback)] : found;
        if (addresses.Length == 0)
        {
            throw new HostNotAllowedException($"{place.Host} leads to no allowed address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, place.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Known(string host) =>
        Address(host) is { } address ? address.ToString()
        : Uri.CheckHostName(host) == UriHostNameType.Dns ? new Uri($"http://{host}").IdnHost
        : throw new ConfigurationRefusedException($"{Setting} has '{host}', which is no host; write a name or an address, without scheme, port and path.");

    // An IPv4 address in IPv6 clothes is the same address.
    private static IPAddress? Address(string host) =>
        Uri.CheckHostName(host) is UriHostNameType.IPv4 or UriHostNameType.IPv6 && IPAddress.TryParse(host, out var address)
            ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;
}
