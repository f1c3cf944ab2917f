namespace Gantral.Client;

/// <summary>The work is not the runner's own any more.</summary>
internal sealed class LeaseLostException(string message) : Exception(message);
