using Gantral.Abstractions.Authority;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;
using Gantral.Lives;
using Gantral.Lives.Vectors;

namespace Gantral.Evidence.Tests.Verification;

/// <summary>Forgeries that are chained and hashed to the last bit, by somebody who has everything but the log's key.</summary>
internal static class Rehashed
{
    public static IEnumerable<(string Name, byte[] Bytes)> All(Random random)
    {
        var log = VectorKeys.NewLog();
        var life = ValidLives.Waiting(log, $"rehashed-{random.Next()}").Decide("mallory", DecisionType.Approve).Resume().Complete();
        var file = log.Instance(life.InstanceId);
        var right = file.Lines.FindIndex(line => line.Kind == LineKind.Checkpoint);

        log.Signer = VectorKeys.Foreign;
        yield return ("signed by a foreign key", With(file, right, log.Sign(log.Head())));
        yield return ("signed by a foreign key under the log's key id", With(file, right, UnderKeyId(log, VectorKeys.Signer.PublicKey.KeyId)));
        yield return ("signed by the witness alone", With(file, right, SignedBy(log, VectorKeys.Witness)));

        log.Signer = VectorKeys.Signer;
        var honest = new PaperLog(VectorKeys.Origin, VectorKeys.Signer, VectorKeys.Start);
        ValidLives.Approve(honest);
        yield return ("under the head of another history", With(file, right, honest.Sign(honest.Head())));
        yield return ("with the signature of another head", With(file, right, Transplanted(log, honest)));
        yield return ("signed by the right key for another log", With(file, right, SignedBy(log, VectorKeys.SecondSigner)));
    }

    private static byte[] With(BundleFile file, int at, byte[] note)
    {
        file.Lines[at] = (LineKind.Checkpoint, BundleLines.Checkpoint(note));
        return file.ToBytes();
    }

    private static byte[] SignedBy(PaperLog log, LogSigner signer)
    {
        var body = log.Head().Body();
        return Note(body, signer.Sign(body));
    }

    private static byte[] UnderKeyId(PaperLog log, uint keyId)
    {
        var body = log.Head().Body();
        return Note(body, new NoteSignature(VectorKeys.Origin, keyId, VectorKeys.Foreign.Sign(body).Bytes));
    }

    private static byte[] Transplanted(PaperLog log, PaperLog honest)
    {
        var signature = VectorKeys.Signer.Sign(honest.Head().Body());
        return Note(log.Head().Body(), signature);
    }

    private static byte[] Note(byte[] body, NoteSignature signature) =>
        SignedNote.TryCreate(body, [signature], out var note, out var fault) ? note.ToBytes() : throw new InvalidOperationException(fault);
}
