namespace Gantral.Silo.Adapters;

/// <summary>A message whose sender is proven.</summary>
/// <param name="DeliveryId">What the sender calls this delivery, however often it sends it; none if it did not say.</param>
/// <param name="Event">What kind of message it is; none if it did not say.</param>
internal sealed record InboundMessage(string? DeliveryId, string? Event);
