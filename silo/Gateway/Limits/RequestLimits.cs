using System.Net;
using System.Threading.RateLimiting;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Refusals;

namespace Gantral.Silo.Gateway.Limits;

/// <summary>What one silo takes on at most; whatever is more is refused at once, before it costs anything.</summary>
internal sealed class RequestLimits(LimitOptions options)
{
    private readonly RateLimits<(string Issuer, string Id)> _callers = new(options.RequestsPerSecond, options.Period);
    private readonly RateLimits<IPAddress> _strangers = new(options.UnauthenticatedPerSecond, options.Period);
    private readonly ConcurrencyLimiter _inFlight = Places(options.InFlight);
    private readonly ConcurrencyLimiter _long = Places(options.LongInFlight);

    /// <summary>How long a caller waits at most.</summary>
    public TimeSpan Patience => options.Patience;

    /// <summary>Counts a request of a known caller, whatever tokens it has; answers why it is one too many.</summary>
    public Refusal? Count(Actor caller) => _callers.TryTake((caller.Issuer, caller.Id))
        ? null
        : new Refusal(RefusalCode.RateLimited, $"You have made more than {options.RequestsPerSecond} requests in a second; wait as long as Retry-After says and send it again.");

    /// <summary>Counts a request without a valid token; answers why it is one too many.</summary>
    public Refusal? Count(IPAddress? address) => _strangers.TryTake(Counted(address))
        ? null
        : new Refusal(RefusalCode.RateLimited, "Too many requests without a valid token come from your address; get a valid one, wait as long as Retry-After says and send it again.");

    /// <summary>Takes a place among the requests that are carried out; to be given back when the work has ended, whatever its caller was told meanwhile.</summary>
    public RateLimitLease Enter(bool takesLong) => (takesLong ? _long : _inFlight).AttemptAcquire();

    /// <summary>The refusal of a request for which there is no place.</summary>
    public static Refusal Full() =>
        new(RefusalCode.Overloaded, "This silo has as many requests in its hands as it takes, and nothing was done with yours; wait as long as Retry-After says and send it again.");

    // Who has one address of version 6 has 2^64 of them.
    private static IPAddress Counted(IPAddress? address)
    {
        if (address is null or { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static ConcurrencyLimiter Places(int places) => new(new ConcurrencyLimiterOptions { PermitLimit = places, QueueLimit = 0 });
}
