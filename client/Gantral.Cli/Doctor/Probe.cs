namespace Gantral.Cli.Doctor;

/// <summary>An answer that is of use whatever its status is.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Its body, as far as it is kept.</param>
/// <param name="Apart">How far the server's clock is ahead of this machine's, if the server says what time it is.</param>
internal sealed record Probe(int Status, byte[] Body, TimeSpan? Apart);
