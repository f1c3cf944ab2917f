using Gantral.Evidence.Bundles;
using Gantral.Evidence.Verification;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>What <see cref="AuditOperations"/> do, for whoever calls them.</summary>
internal static class AuditDescriptions
{
    private const string Tag = "Audit";
    private const string Lines = "application/jsonl";
    private const string Text = "text/plain; charset=utf-8";

    private static readonly Shape Key = new("LogKey", "A public key of a log.",
        new Field("algorithm", Form.Text(), "`ecdsa-p256-sha256`."),
        new Field("public_key", Form.Text("base64"), "The key as DER."),
        new Field("from_position", Form.Whole(0), "The first position that it signs."),
        Field.Optional("until_position", Form.Whole(0), "The first position that it does not sign any more."));

    private static readonly Shape KeyLog = new("KeyedLog", "A log, and the keys that sign it.",
        new Field("origin", Form.Text(), "Its name."),
        new Field("keys", Form.ListOf(Key.Form), "Its keys."));

    private static readonly Shape Keys = new("TrustedKeys", "The keys file that evidence is verified with.",
        new Field("format", Form.Const("gantral/keys/1"), "The format."),
        new Field("logs", Form.ListOf(KeyLog.Form), "The logs."),
        Field.Optional("witnesses", Form.ListOf(Form.Free), "Witnesses, if there are any."));

    private static readonly Shape Log = new("Log", "A log and its newest signed head.",
        new Field("log_id", Form.Whole(1), "Its number."),
        new Field("origin", Form.Text(), "Its name in checkpoints and keys."),
        new Field("size", Form.Whole(0), "How many entries it has."),
        new Field("root", Form.Hash, "The root of its tree."));

    private static readonly Shape Logs = new("Logs", "Every log.", new Field("logs", Form.ListOf(Log.Form), "The logs."));

    private static readonly Shape Judged = new("JudgedInstance", "The verdict on an instance.",
        new Field("instance_id", Form.Text(), "The instance, as the bundle names it."),
        new Field("verdict", Form.Word<Verdict>(), "The verdict."),
        new Field("code", Form.Text(), "What decided it."),
        new Field("reason", Form.Text(), "The same in words."),
        new Field("entries", Form.Whole(0), "How many entries were followed."),
        new Field("open", Form.Flag, "Whether it has not ended."),
        Field.Optional("state", Form.Text(), "The state of the last entry."));

    private static readonly Shape Missing = new("MissingEvidence", "What is needed for a proof and is not there.",
        new Field("kind", Form.Text(), "What it is: entry, proof, checkpoint, consistency, frontier or key."),
        new Field("subject", Form.Text(), "Of what."),
        Field.Optional("number", Form.Whole(0), "Its sequence, position or size."));

    private static readonly Shape Report = new("VerificationReport", "What was proven, and what was not.",
        new Field("verdict", Form.Word<Verdict>(), "The verdict on the whole: the worst of all."),
        new Field("code", Form.Text(), "What decided it."),
        new Field("reason", Form.Text(), "The same in words."),
        Field.Optional("scope", Form.Word<BundleScope>(), "What the bundle shows."),
        Field.Optional("origin", Form.Text(), "The log that it says it is of."),
        new Field("anchor", Form.Word<Anchor>(), "What ties the head to something that the operator could not rewrite."),
        Field.Optional("checkpoint", Form.Free, "The head under which everything was proven."),
        new Field("entries", Form.Whole(0), "How many entries were checked."),
        new Field("hidden", Form.Whole(0), "How many stand there as bare hashes."),
        new Field("instance_counts", Form.Free, "How many instances got which verdict."),
        new Field("instances", Form.ListOf(Judged.Form), "The first thousand instances, those that are not VALID before all others."),
        new Field("missing", Form.ListOf(Missing.Form), "What is missing."),
        new Field("not_excluded", Form.ListOf(Form.Text()), "In words, what these proofs do not exclude."),
        new Field("warnings", Form.ListOf(Form.Text()), "What is odd, but not wrong."));

    public static Described ReadKeys { get; } = new("get_keys", Tag, "Read the public keys")
    {
        Text = "The public keys that the logs are verified with. Convenient, but whoever trusts nobody gets the keys by another way.",
        Answers = [DescribedAnswer.Ok(Keys.Form, "The keys file.")],
        Examples = [new("keys", "The keys")],
    };

    public static Described Bundle { get; } = new("get_instance_bundle", Tag, "Take an instance's evidence away")
    {
        Text = "The evidence of an instance, to be verified elsewhere and offline: its entries, those of what governed it, a proof for each and the signed heads, one in each line.",
        Query = [new("payloads", Form.Flag, "Whether to include the private content that the team owns.", "true")],
        Answers = [DescribedAnswer.Of(Lines, "The bundle, in the format `gantral/bundle/1`.") with { IsFile = true }],
        Examples = [new("payloads", "With the private content") { Query = "?payloads=true" }],
    };

    public static Described ListLogs { get; } = new("list_logs", Tag, "List the logs")
    {
        Text = "Every log and its newest signed head.",
        Answers = [DescribedAnswer.Ok(Logs.Form, "The logs.")],
        Examples = [new("logs", "The logs")],
    };

    public static Described Checkpoint { get; } = new("get_checkpoint", Tag, "Read a log's signed head")
    {
        Text = "The newest checkpoint of a log: a C2SP signed note.",
        Answers = [DescribedAnswer.Of(Text, "The note.")],
        Examples = [new("newest", "The newest one")],
    };

    public static Described Tile { get; } = new("get_tile", Tag, "Read a tile of a log")
    {
        Text = "Hashes of a log's tree, 32 bytes each, under the paths of C2SP tlog-tiles. The index of a tile can have slashes, which are sent as they are. In place of a level, `entries` has the entries under a tile of level 0, each behind its length in two bytes, for `gantral.admin`.",
        Answers = [DescribedAnswer.Of("application/octet-stream", "The hashes, or the entries.")],
        Examples = [new("first", "The first hash of the lowest level")],
    };

    private static readonly Parameter Size = new("size", Form.Whole(1), "The size of the tree, which must be one that was signed; the newest unless said.", "2");

    public static Described Inclusion { get; } = new("get_inclusion_proof", Tag, "Prove that an entry is in a log")
    {
        Text = "The proof that the entry at a position is in the tree of a signed head: a text as C2SP tlog-proof has it, which holds the index, the hashes and the head.",
        Query = [new("position", Form.Whole(0), "The position of the entry; the last one of the tree unless said.", "0"), Size],
        Answers = [DescribedAnswer.Of(Text, "The proof.")],
        Examples = [new("first", "The first entry, in the tree that has only that one and the key") { Query = "?position=0&size=2" }],
    };

    public static Described Consistency { get; } = new("get_consistency_proof", Tag, "Prove that a log only grew")
    {
        Text = "The proof that the tree of a signed head only adds to a smaller one: the text that C2SP tlog-witness sends to a witness, which holds the old size, the hashes and the head.",
        Query = [new("first", Form.Whole(1), "The size of the smaller tree; 1 unless said.", "1"), Size with { Name = "second", Text = "The size of the larger tree, which must be one that was signed; the newest unless said." }],
        Answers = [DescribedAnswer.Of(Text, "The proof.")],
        Examples = [new("grown", "From one entry to two") { Query = "?first=1&second=2" }],
    };

    public static Described Cosign { get; } = new("add_cosignature", Tag, "Sign a log's head beside it")
    {
        Text = "Takes what a witness signs: the line of a signed note, over the text of the head of that size. It is kept if it is of a witness that the operator named in `Gantral:WitnessKeysFile`, and then stands in that checkpoint and in bundles; a line of anybody else is let be.",
        Body = Shape.Sent("Cosignature", "A signature beside the log's own.",
            new Field("size", Form.Whole(1), "The size of the head."),
            new Field("signature", Form.Text(), "The line, without its end.")).Form,
        Answers =
        [
            DescribedAnswer.Ok(new Shape("Cosigned", "Who signed a head beside the log.",
                new Field("size", Form.Whole(1), "The size of the head."),
                new Field("witnesses", Form.ListOf(Form.Text()), "The names of the witnesses' keys whose lines are kept.")).Form, "Who signed it."),
        ],
        Examples = [new("stranger", "A line of somebody whom the operator did not name") { Body = """{"size":2,"signature":"— witness.example AAAAAAA="}""" }],
    };

    public static Described LogBundle { get; } = new("get_log_bundle", Tag, "Take a log or a part of it away")
    {
        Text = "Streams a log, or the part between two positions or times, as a bundle. `gantral.auditor` sees the entries of its teams and of others bare hashes, with what governs what it sees: workflows, policies, settings and delegations that lie before the part, or in another log, each with its proof. `gantral.admin` sees everything. One that breaks off is cut, and a cut bundle is INCONCLUSIVE; `resume` goes on with it.",
        Query =
        [
            new("from", Form.Whole(0), "The first position; 0 unless said.", "0"),
            new("to", Form.Whole(1), "The position after the last; the size of the log unless said.", "2"),
            new("since", Form.Time, "In place of `from`: what was signed from this moment on, by the times of signed heads.", "2026-01-01T00:00:00Z"),
            new("until", Form.Time, "In place of `to`: what was signed before this moment.", "2030-01-01T00:00:00Z"),
            new("team", Form.Name, "Only the entries of this team, and those of others as bare hashes.", "payments"),
            new("payloads", Form.Flag, "Whether to include private content; of what was erased, the hash.", "true"),
            new("resume", Form.Whole(0), "Only the lines of the positions from here to `to`: what follows in a bundle that broke off at this position, asked for with the `from` and `to` of its header and everything else as before.", "1"),
        ],
        Answers = [DescribedAnswer.Of(Lines, "The bundle, in the format `gantral/bundle/1`.") with { IsFile = true }],
        Examples = [new("log", "The first log"), new("range", "One position of it, for a team") { Query = "?from=1&to=2&team=payments" }],
    };

    public static Described Verify { get; } = new("verify_bundle", Tag, "Verify a bundle")
    {
        Text = "Verifies a bundle of at most 32 MiB with this silo's own public keys and answers with the report that `gantral verify --json` prints; nothing is stored. Convenient, but whoever trusts nobody verifies elsewhere, with keys that came by another way. Whatever the body is, the answer is a verdict: what is no bundle is UNUSABLE.",
        Body = Form.Bytes(Lines),
        BodyMedia = Lines,
        Answers = [DescribedAnswer.Ok(Report.Form, "The report.")],
        Examples = [new("cut", "A bundle that was cut behind its first line") { Body = """{"counts":{"checkpoint":1,"entry":1},"format":"gantral/bundle/1","kind":"header","origin":"gantral.example/1","scope":"log","semantics":"gantral/authority/1","to":1}""" + "\n" }],
    };
}
