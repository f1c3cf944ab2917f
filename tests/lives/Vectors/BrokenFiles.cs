using System.Text;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Bundles;
using Gantral.Evidence.Log;
using Gantral.Evidence.Verification;

namespace Gantral.Lives.Vectors;

/// <summary>Files that were changed after they were made, or made without the key, or without all that a proof needs.</summary>
public static class BrokenFiles
{
    /// <summary>The frozen cases.</summary>
    public static IEnumerable<VectorCase> Cases() => Altered().Concat(Missing()).Concat(Keys()).Concat(Logs());

    private static IEnumerable<VectorCase> Altered()
    {
        yield return Invalid("altered-entry", FindingCode.WrongProof, file => Edit(file, LineKind.Entry, "\"alice\"", "\"malic\""));
        yield return Invalid("altered-payload", FindingCode.WrongPayload, file => Edit(file, LineKind.Payload, "1250", "1251"));
        yield return Invalid("unknown-private-field", FindingCode.MalformedLine, file => Edit(file, LineKind.Payload, "\"context_snapshot\"", "\"prompt\""));
        yield return Invalid("altered-salt", FindingCode.WrongPayload, file => Edit(file, LineKind.Payload, "\"salt\":\"c3", "\"salt\":\"c4"));
        yield return Invalid("altered-proof", FindingCode.WrongProof, file => Swap(file, LineKind.Proof, line => FlipHex(line)));
        yield return Invalid("altered-position", FindingCode.WrongProof, ShiftPositions);
        yield return Invalid("altered-signature", FindingCode.WrongSignature, _ => Resigned(note => TamperSignature(note)));
        yield return Invalid("altered-head", FindingCode.WrongSignature, file => Edit(file, LineKind.Checkpoint, "time 2026", "time 2027"));
        yield return Invalid("unknown-kind", FindingCode.MalformedLine, file => file.Add(LineKind.Leaf, "{\"kind\":\"note\"}"u8.ToArray()));
        yield return Invalid("unknown-field", FindingCode.MalformedLine, file => Edit(file, LineKind.Checkpoint, "{\"kind\"", "{\"extra\":1,\"kind\""));
        yield return Invalid("white-space", FindingCode.MalformedLine, file => Edit(file, LineKind.Checkpoint, ",\"note\"", ", \"note\""));
        yield return Invalid("line-twice", FindingCode.DuplicateLine, file => file.Add(file.Lines[0].Kind, file.Lines[0].Bytes));
        yield return Invalid("entry-unknown-field", FindingCode.MalformedEntry, file => Edit(file, LineKind.Entry, "\"v\":\"gantral/entry/1\"", "\"v\":\"gantral/entry/1\",\"vote\":1"));
        yield return Invalid("entry-of-another-instance", FindingCode.MixedSubjects, _ => Mixed());
        yield return Invalid("instance-in-another-log", FindingCode.MisplacedLine, Elsewhere);
        yield return Invalid("forked-chain", FindingCode.DuplicateSequence, _ => Forked());
        yield return Invalid("broken-chain", FindingCode.BrokenChain, _ => Unchained());
        yield return Invalid("two-heads-of-one-size", FindingCode.SplitView, TwoHeads);
        yield return new VectorCase("broken-another-history", Verdict.Invalid, FindingCode.SplitView, () => ValidLives.Bundle(ValidLives.Approve).ToBytes())
        {
            Known = [new Checkpoint(VectorKeys.Origin, 12, new Digest(new byte[Digest.Size]), VectorKeys.Start)],
        };
        yield return new VectorCase("broken-log-reopened-without-head", Verdict.Invalid, FindingCode.IllegalEvent, () => ValidLives.Reopened(_ => null).Export().ToBytes());
        yield return new VectorCase("broken-log-reopened-after-another", Verdict.Invalid, FindingCode.IllegalEvent, () => ValidLives.Reopened(log => ValidLives.HeadOf(log) with { Origin = "vectors.gantral.example/log/9" }).Export().ToBytes());
        yield return new VectorCase("broken-log-reopened-too-early", Verdict.Invalid, FindingCode.IllegalEvent, () => ValidLives.Reopened(log => ValidLives.HeadOf(log) with { Size = 3 }).Export().ToBytes());
        yield return new VectorCase("broken-log-reopened-another-history", Verdict.Invalid, FindingCode.SplitView, () => ValidLives.Reopened(ValidLives.HeadOf).Export().ToBytes())
        {
            Known = [new Checkpoint(VectorKeys.Origin, 5, new Digest(new byte[Digest.Size]), VectorKeys.Start)],
        };
    }

    private static IEnumerable<VectorCase> Missing()
    {
        yield return Inconclusive("missing-entry", FindingCode.MissingEntry, file => DropEntry(file, "\"sequence\":5"));
        yield return Inconclusive("missing-end", FindingCode.Open, file => DropEntry(file, "\"sequence\":8"));
        yield return Inconclusive("missing-beginning", FindingCode.MissingEntry, file => DropEntry(file, "\"sequence\":1,\"state\":\"CREATED\""));
        yield return Inconclusive("missing-workflow", FindingCode.MissingGoverning, file => DropEntry(file, "WORKFLOW_REGISTERED"));
        yield return Inconclusive("missing-policy", FindingCode.MissingGoverning, file => DropEntry(file, "POLICY_REGISTERED"));
        yield return Inconclusive("missing-proof", FindingCode.MissingProof, file => Drop(file, LineKind.Proof));
        yield return Inconclusive("missing-checkpoint", FindingCode.MissingCheckpoint, file => Drop(file, LineKind.Checkpoint));
        yield return new VectorCase("broken-count-mismatch", Verdict.Inconclusive, FindingCode.CountMismatch, () =>
        {
            var file = ValidLives.Bundle(ValidLives.Approve);
            var header = file.Header().ToLine();
            Drop(file, LineKind.Payload);
            return BundleFile.Join([header, .. file.Lines.Select(line => line.Bytes)]);
        });
        yield return new VectorCase("broken-cut", Verdict.Inconclusive, FindingCode.Truncated, () => ValidLives.Bundle(ValidLives.Approve).ToBytes()[..^40]);
        yield return new VectorCase("broken-last-line-end", Verdict.Inconclusive, FindingCode.Truncated, () => ValidLives.Bundle(ValidLives.Approve).ToBytes()[..^1]);
        yield return new VectorCase("broken-no-header", Verdict.Unusable, FindingCode.NotABundle, () => BundleFile.Join(ValidLives.Bundle(ValidLives.Approve).Lines.Select(line => line.Bytes)));
        yield return new VectorCase("broken-empty", Verdict.Unusable, FindingCode.NotABundle, () => []);
        yield return new VectorCase("broken-not-json", Verdict.Unusable, FindingCode.NotABundle, () => "PK\u0003\u0004 this is no bundle\n"u8.ToArray());
        yield return new VectorCase("broken-next-bundle-format", Verdict.Inconclusive, FindingCode.UnknownFormat, () =>
            Replace(ValidLives.Bundle(ValidLives.Approve).ToBytes(), "gantral/bundle/1", "gantral/bundle/2"));
        yield return new VectorCase("broken-next-semantics", Verdict.Inconclusive, FindingCode.UnknownFormat, () =>
            Replace(ValidLives.Bundle(ValidLives.Approve).ToBytes(), "gantral/authority/1", "gantral/authority/2"));
    }

    private static IEnumerable<VectorCase> Keys()
    {
        yield return new VectorCase("broken-no-trusted-key", Verdict.Inconclusive, FindingCode.NoTrustedKey, () => ValidLives.Bundle(ValidLives.Approve).ToBytes()) { Keys = TrustedKeys.None };
        yield return new VectorCase("broken-foreign-key", Verdict.Inconclusive, FindingCode.NoTrustedKey, () => SignedBy(VectorKeys.Foreign));
        yield return new VectorCase("broken-unknown-witness", Verdict.Inconclusive, FindingCode.UnknownSigner, () =>
        {
            var log = VectorKeys.NewLog();
            var life = ValidLives.Approve(log);
            return log.Instance(life.InstanceId, log.Sign(log.Head(), VectorKeys.Witness)).ToBytes();
        })
        { Keys = VectorKeys.Trusted with { Witnesses = [] } };
        yield return new VectorCase("broken-key-out-of-range", Verdict.Invalid, FindingCode.KeyOutOfRange, () => ValidLives.Bundle(ValidLives.Approve).ToBytes())
        {
            Keys = VectorKeys.Trusted with { Logs = VectorKeys.Trusted.Logs.SetItem(VectorKeys.Origin, [new TrustedLogKey(VectorKeys.Signer.PublicKey, 1, 8)]) },
        };
        yield return new VectorCase("broken-retired-key-signs", Verdict.Invalid, FindingCode.KeyOutOfRange, () =>
        {
            var log = VectorKeys.NewLog();
            log.Introduce(VectorKeys.NextSigner.PublicKey);
            log.Retire(VectorKeys.Signer.PublicKey);
            ValidLives.Approve(log);
            return log.Export().ToBytes();
        });
    }

    private static IEnumerable<VectorCase> Logs()
    {
        yield return Log("wrong-root", Verdict.Invalid, FindingCode.WrongRoot, file => Edit(file, LineKind.Entry, "\"alice\"", "\"malic\""));
        yield return Log("missing-line", Verdict.Inconclusive, FindingCode.MissingEntry, file => Remove(file, 7));
        yield return Log("lines-swapped", Verdict.Inconclusive, FindingCode.MissingEntry, file =>
        {
            (file.Lines[6], file.Lines[7]) = (file.Lines[7], file.Lines[6]);
            return file;
        });
        yield return Log("head-of-another-log", Verdict.Invalid, FindingCode.MisplacedLine, file =>
        {
            var other = new PaperLog(VectorKeys.SecondOrigin, VectorKeys.SecondSigner, VectorKeys.Start);
            return file.Add(LineKind.Checkpoint, BundleLines.Checkpoint(other.Sign(other.Head())));
        });
        yield return new VectorCase("broken-log-key-never-introduced", Verdict.Invalid, FindingCode.KeyOutOfRange, () =>
        {
            var log = VectorKeys.NewLog();
            ValidLives.Approve(log);
            log.Signer = VectorKeys.NextSigner;
            return log.Export().ToBytes();
        });
        yield return Log("never-opened", Verdict.Invalid, FindingCode.IllegalEvent, _ => Unopened());
    }

    private static VectorCase Invalid(string name, FindingCode code, Func<BundleFile, BundleFile> spoil) => Spoilt(name, Verdict.Invalid, code, spoil);

    private static VectorCase Inconclusive(string name, FindingCode code, Func<BundleFile, BundleFile> spoil) => Spoilt(name, Verdict.Inconclusive, code, spoil);

    private static VectorCase Spoilt(string name, Verdict verdict, FindingCode code, Func<BundleFile, BundleFile> spoil) =>
        new($"broken-{name}", verdict, code, () => spoil(ValidLives.Bundle(ValidLives.Approve)).ToBytes());

    private static VectorCase Log(string name, Verdict verdict, FindingCode code, Func<BundleFile, BundleFile> spoil) =>
        new($"broken-log-{name}", verdict, code, () =>
        {
            var log = VectorKeys.NewLog();
            ValidLives.Approve(log);
            return spoil(log.Export()).ToBytes();
        });

    private static BundleFile Edit(BundleFile file, LineKind kind, string what, string by)
    {
        var at = file.Lines.FindIndex(line => line.Kind == kind && Encoding.UTF8.GetString(line.Bytes).Contains(what, StringComparison.Ordinal));
        file.Lines[at] = (kind, Replace(file.Lines[at].Bytes, what, by));
        return file;
    }

    private static BundleFile Swap(BundleFile file, LineKind kind, Func<byte[], byte[]> how)
    {
        var at = file.Lines.FindIndex(line => line.Kind == kind);
        file.Lines[at] = (kind, how(file.Lines[at].Bytes));
        return file;
    }

    private static BundleFile Drop(BundleFile file, LineKind kind) => Remove(file, file.Lines.FindIndex(line => line.Kind == kind));

    private static BundleFile Remove(BundleFile file, int at)
    {
        file.Lines.RemoveAt(at);
        return file;
    }

    // An entry leaves with its proof and its payload, and the header knows: nothing but the entry is missed.
    private static BundleFile DropEntry(BundleFile file, string which)
    {
        var entry = Encoding.UTF8.GetString(file.Lines.Find(line => line.Kind == LineKind.Entry && Encoding.UTF8.GetString(line.Bytes).Contains(which, StringComparison.Ordinal)).Bytes);
        var position = entry[entry.LastIndexOf("\"position\":", StringComparison.Ordinal)..^1];
        file.Lines.RemoveAll(line => Encoding.UTF8.GetString(line.Bytes) is var text
            && (text.EndsWith(position + "}", StringComparison.Ordinal) || text.Contains(position + ",", StringComparison.Ordinal)));
        return file;
    }

    private static BundleFile ShiftPositions(BundleFile file)
    {
        Edit(file, LineKind.Entry, "\"position\":6", "\"position\":66");
        Edit(file, LineKind.Payload, "\"position\":6", "\"position\":66");
        return Edit(file, LineKind.Proof, "\"position\":6", "\"position\":66");
    }

    private static byte[] FlipHex(byte[] line)
    {
        var copy = line.ToArray();
        var at = copy.AsSpan().IndexOf("[\""u8) + 2;
        copy[at] = copy[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        return copy;
    }

    private static byte[] Replace(byte[] bytes, string what, string by) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(what, by, StringComparison.Ordinal));

    private static BundleFile Resigned(Func<byte[], byte[]> tamper)
    {
        var log = VectorKeys.NewLog();
        var life = ValidLives.Approve(log);
        return log.Instance(life.InstanceId, tamper(log.Sign(log.Head())));
    }

    // The signature of another text by the right key: well formed, and wrong.
    private static byte[] TamperSignature(byte[] note)
    {
        if (!SignedNote.TryParse(note, out var signed, out var fault) || !SignedNote.TryCreate(signed.Text, [VectorKeys.Signer.Sign("another text\n"u8)], out var forged, out fault))
        {
            throw new InvalidOperationException(fault);
        }

        return forged.ToBytes();
    }

    private static byte[] SignedBy(LogSigner signer)
    {
        var log = VectorKeys.NewLog();
        var life = ValidLives.Approve(log);
        log.Signer = signer;
        return log.Instance(life.InstanceId).ToBytes();
    }

    private static BundleFile Mixed()
    {
        var log = VectorKeys.NewLog();
        var one = ValidLives.Approve(log);
        var other = ValidLives.Waiting(log, "other").Decide("alice", DecisionType.Reject);
        var head = log.Sign(log.Head());
        var file = log.Instance(one.InstanceId, head);
        var strangers = log.Instance(other.InstanceId, head).Lines.Where(line => line.Kind != LineKind.Checkpoint
            && !file.Lines.Exists(known => known.Bytes.AsSpan().SequenceEqual(line.Bytes)));
        file.Lines.AddRange(strangers.ToList());
        return file;
    }

    private static BundleFile Forked()
    {
        var log = VectorKeys.NewLog();
        var life = ValidLives.Approve(log);
        var last = log.Entries[^1];
        log.Add(Gantral.Evidence.Entries.SealedEntry.Seal(last.Entry with { CommandId = Digest.Zero }));
        return log.Instance(life.InstanceId);
    }

    private static BundleFile Unchained()
    {
        var log = VectorKeys.NewLog();
        var life = ValidLives.Waiting(log, "unchained").Decide("alice", DecisionType.Approve).Resume();
        log.Add(Gantral.Evidence.Entries.SealedEntry.Seal(log.Entries[^1].Entry with
        {
            Sequence = log.Entries[^1].Entry.Sequence + 1,
            PrevHash = log.Entries[^2].Hash,
            Type = EventType.Completed,
            FromState = ExecutionState.Running,
            State = ExecutionState.Completed,
        }));
        return log.Instance(life.InstanceId);
    }

    // Every line says where it belongs, and the header's own log is there by name alone.
    private static BundleFile Elsewhere(BundleFile file)
    {
        var moved = new BundleFile { Origin = VectorKeys.SecondOrigin, Scope = file.Scope, InstanceId = file.InstanceId };
        foreach (var (kind, bytes) in file.Lines)
        {
            moved.Add(kind, kind == LineKind.Checkpoint ? bytes : Replace(bytes, "\"position\":", $"\"origin\":\"{VectorKeys.Origin}\",\"position\":"));
        }

        return moved;
    }

    private static BundleFile TwoHeads(BundleFile file)
    {
        var other = new Checkpoint(VectorKeys.Origin, 12, new Digest(new byte[Digest.Size]), VectorKeys.Start);
        return file.Add(LineKind.Checkpoint, BundleLines.Checkpoint(VectorKeys.NewLog().Sign(other)));
    }

    private static BundleFile Unopened()
    {
        var log = VectorKeys.NewLog();
        var unopened = new PaperLog(VectorKeys.Origin, VectorKeys.Signer, VectorKeys.Start, opens: false);
        unopened.Add(log.Entries[1]);
        unopened.Add(log.Entries[0]);
        return unopened.Export();
    }
}
