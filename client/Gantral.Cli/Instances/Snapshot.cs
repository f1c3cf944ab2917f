using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Terminal;
using Gantral.Client;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;

namespace Gantral.Cli.Instances;

/// <summary>What a decision is about, as it would be bound: what is shown of it is what was hashed here.</summary>
internal sealed class Snapshot
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Snapshot(CanonicalBytes value, string? fault) => (Value, Fault) = (value, fault);

    /// <summary>The canonical bytes that are hashed.</summary>
    public CanonicalBytes Value { get; }

    /// <summary>Why nobody can decide about it; null when what is shown is what would be bound.</summary>
    public string? Fault { get; }

    /// <summary>Computes the hash of what the server shows, and believes it only if it is the one that would be bound.</summary>
    public static Snapshot Of(PendingGate pending)
    {
        if (pending.ContextSnapshot is not { } shown || pending.ContextSnapshotSalt is not { } salt)
        {
            return new Snapshot(default, "What was asked has been erased, so nobody can see what they would authorise.");
        }

        try
        {
            var value = Canonical(shown);
            var hash = PayloadHashing.Of(Convert.FromHexString(salt), value.Span).ToString();
            return new Snapshot(value, hash == pending.ContextSnapshotHash
                ? null
                : $"What the server shows hashes to {hash}, and the decision would bind {Printable.Text(pending.ContextSnapshotHash)}. Do not decide; tell whoever runs this silo.");
        }
        catch (Exception wrong) when (wrong is FormatException or JsonRefusedException)
        {
            return new Snapshot(default, $"What the server shows cannot be hashed ({Printable.Text(wrong.Message.TrimEnd('.'))}). Do not decide; tell whoever runs this silo.");
        }
    }

    /// <summary>The canonical form of a JSON value.</summary>
    public static CanonicalBytes Canonical(JsonNode value) => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value));

    /// <summary>Prints all of a canonical value, however long.</summary>
    public static void Print(TextWriter output, CanonicalBytes value, string indent)
    {
        foreach (var line in JsonNode.Parse(value.Span)!.ToJsonString(Readable).Split('\n'))
        {
            output.WriteLine(indent + Printable.Whole(line.TrimEnd('\r')));
        }
    }
}
