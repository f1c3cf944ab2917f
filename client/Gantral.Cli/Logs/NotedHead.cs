using Gantral.Evidence.Log;

namespace Gantral.Cli.Logs;

/// <summary>A head of a log that a trusted key signed: the note, byte for byte, and what it says.</summary>
internal sealed record NotedHead(byte[] Note, Checkpoint Checkpoint);
