using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Gateway.Audit;

/// <summary>What <see cref="AuditOperations"/> do, for whoever calls them.</summary>
internal static class AuditDescriptions
{
    private const string Tag = "Audit";
    private const string Lines = "application/jsonl";

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
        Answers = [DescribedAnswer.Of("text/plain; charset=utf-8", "The note.")],
        Examples = [new("newest", "The newest one")],
    };

    public static Described Tile { get; } = new("get_tile", Tag, "Read a tile of a log")
    {
        Text = "Hashes of a log's tree, 32 bytes each, under the paths of C2SP tlog-tiles. The index of a tile can have slashes, which are sent as they are.",
        Answers = [DescribedAnswer.Of("application/octet-stream", "The hashes.")],
        Examples = [new("first", "The first hash of the lowest level")],
    };

    public static Described LogBundle { get; } = new("get_log_bundle", Tag, "Take a whole log away")
    {
        Text = "Streams a whole log as a bundle. It holds what every team did. One that breaks off is cut, and a cut bundle is INCONCLUSIVE.",
        Answers = [DescribedAnswer.Of(Lines, "The bundle, in the format `gantral/bundle/1`.") with { IsFile = true }],
        Examples = [new("log", "The first log")],
    };
}
