namespace Gantral.Silo.Adapters;

/// <summary>What came, as it came.</summary>
/// <param name="Header">A header, if it was sent, and once.</param>
/// <param name="Body">The very bytes of the body.</param>
internal sealed record InboundRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body);
