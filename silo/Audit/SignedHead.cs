using Gantral.Evidence.Log;

namespace Gantral.Silo.Audit;

/// <summary>A head of a log: the note, and what it says.</summary>
public sealed record SignedHead(ReadOnlyMemory<byte> Note, Checkpoint Checkpoint)
{
    /// <summary>Reads a stored note.</summary>
    public static SignedHead Read(byte[] note) =>
        SignedNote.TryParse(note, out var signed, out var fault) && Checkpoint.TryParse(signed.Text, out var checkpoint, out fault)
            ? new SignedHead(note, checkpoint)
            : throw new InvalidDataException($"The stored checkpoint cannot be read: {fault}");
}
