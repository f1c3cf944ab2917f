namespace Gantral.Silo.Webhooks;

/// <summary>Why a delivery does not count, in few words. They are shown to the team, so they say nothing of what a receiver answered but its status.</summary>
/// <param name="Words">The words.</param>
internal sealed record DeliveryFault(string Words)
{
    public static DeliveryFault TooSlow { get; } = new("too slow");

    public static DeliveryFault Unreachable { get; } = new("unreachable");

    public static DeliveryFault HostNotAllowed { get; } = new("host not allowed");

    public static DeliveryFault Status(int status) => new($"status {status}");

    public static DeliveryFault Secret(string why) => new($"secret unusable: {why}");
}
