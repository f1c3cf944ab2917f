using Gantral.Abstractions.Vocabulary;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Tests.Log;

public class SignedCheckpointTests
{
    private static readonly Checkpoint Checkpoint = new(
        "log.example", 70_000, TreeHash.Leaf("root"u8), Instant.From(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)));

    [Fact]
    public void No_flipped_bit_and_no_cut_of_a_signed_checkpoint_is_accepted()
    {
        using var signer = LogSigner.Create("log.example");
        var bytes = Note(signer.Sign(Checkpoint.Body())).ToBytes();
        Assert.True(Accepts(signer.PublicKey, bytes));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Accepts(signer.PublicKey, flipped));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Accepts(signer.PublicKey, bytes[..length]));
        }
    }

    [Fact]
    public void Signatures_of_others_count_neither_way_but_a_wrongone_of_the_key_does()
    {
        using var signer = LogSigner.Create("log.example");
        using var other = LogSigner.Create("log.example");
        using var witness = LogSigner.Create("witness.example");
        var own = signer.Sign(Checkpoint.Body());
        var wrong = signer.Sign("other text\n"u8);
        var (others, witnesses) = (other.Sign(Checkpoint.Body()), witness.Sign(Checkpoint.Body()));
        Assert.True(Note(others, own, witnesses).IsSignedBy(signer.PublicKey));
        Assert.False(Note(others, witnesses).IsSignedBy(signer.PublicKey));
        Assert.False(Note(own, wrong).IsSignedBy(signer.PublicKey));
        Assert.False(Note(new NoteSignature("witness.example", own.KeyId, own.Bytes)).IsSignedBy(signer.PublicKey));
    }

    private static SignedNote Note(params NoteSignature[] signatures) =>
        SignedNote.TryCreate(Checkpoint.Body(), signatures, out var note, out var fault)
            ? note
            : throw new InvalidOperationException(fault);

    private static bool Accepts(LogVerifyingKey key, byte[] bytes) =>
        SignedNote.TryParse(bytes, out var note, out _)
        && note.IsSignedBy(key)
        && Checkpoint.TryParse(note.Text, out var checkpoint, out _)
        && checkpoint.Origin == key.Name;
}
