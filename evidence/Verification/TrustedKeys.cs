using System.Collections.Immutable;
using Gantral.Abstractions.Evidence;
using Gantral.Evidence.Entries;
using Gantral.Evidence.Json;
using Gantral.Evidence.Log;

namespace Gantral.Evidence.Verification;

/// <summary>
/// Where trust starts: the small file that an auditor got by another way than the evidence. It names logs by their
/// origin, the keys that may sign each and for which positions, and the witnesses to be believed.
/// </summary>
public sealed record TrustedKeys
{
    /// <summary>The format of the file.</summary>
    public const string Format = "gantral/keys/1";

    /// <summary>Nobody.</summary>
    public static TrustedKeys None { get; } = new();

    /// <summary>The keys of each log, by its origin.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<TrustedLogKey>> Logs { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<TrustedLogKey>>(StringComparer.Ordinal);

    /// <summary>The witnesses to be believed.</summary>
    public ImmutableArray<LogVerifyingKey> Witnesses { get; init; } = [];

    /// <summary>Reads a keys file; it may be formatted by hand, but says nothing twice and nothing unknown.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TrustedKeys keys, out string fault)
    {
        keys = None;
        if (!CanonicalJson.TryCanonicalize(utf8, JsonLimits.Default, out var canonical, out var refused))
        {
            fault = $"The keys file is not usable JSON: {refused.Message}";
            return false;
        }

        var fields = new FieldReader(canonical.Span);
        fields.Open();
        var format = fields.Required(fields.Text("format"u8), "format");
        var logs = fields.Objects("logs"u8, ReadLog);
        var witnesses = fields.Objects("witnesses"u8, ReadWitness);
        fields.Close();
        if (fields.Fault is null && format != Format)
        {
            fields.Fail($"its format is {format}, not {Format}");
        }

        if (fields.Fault is null && logs.Select(log => log.Origin).Distinct(StringComparer.Ordinal).Count() != logs.Length)
        {
            fields.Fail("it names an origin twice");
        }

        fault = fields.Fault is { } wrong ? $"The keys file cannot be used: {wrong}." : "";
        if (fault.Length > 0)
        {
            return false;
        }

        keys = new TrustedKeys
        {
            Logs = logs.ToImmutableSortedDictionary(log => log.Origin, log => log.Keys, StringComparer.Ordinal),
            Witnesses = [.. witnesses.OfType<LogVerifyingKey>()],
        };
        return true;
    }

    /// <summary>The file that says the same.</summary>
    public CanonicalBytes ToFile()
    {
        var json = new CanonicalWriter();
        json.BeginObject();
        json.Text("format"u8, Format);
        json.Name("logs"u8);
        json.BeginArray();
        foreach (var (origin, keys) in Logs)
        {
            WriteLog(json, origin, keys);
        }

        json.EndArray();
        if (!Witnesses.IsEmpty)
        {
            json.Name("witnesses"u8);
            json.BeginArray();
            foreach (var witness in Witnesses)
            {
                json.BeginObject();
                json.Text("name"u8, witness.Name);
                json.Text("public_key"u8, Convert.ToBase64String(witness.SubjectPublicKeyInfo));
                json.EndObject();
            }

            json.EndArray();
        }

        json.EndObject();
        return json.ToCanonicalBytes();
    }

    private static void WriteLog(CanonicalWriter json, string origin, ImmutableArray<TrustedLogKey> keys)
    {
        json.BeginObject();
        json.Name("keys"u8);
        json.BeginArray();
        foreach (var key in keys)
        {
            json.BeginObject();
            json.Text("algorithm"u8, SigningKey.EcdsaP256Sha256);
            json.Integer("from_position"u8, key.FromPosition);
            json.Text("public_key"u8, Convert.ToBase64String(key.Key.SubjectPublicKeyInfo));
            json.Integer("until_position"u8, key.UntilPosition);
            json.EndObject();
        }

        json.EndArray();
        json.Text("origin"u8, origin);
        json.EndObject();
    }

    private static (string Origin, ImmutableArray<TrustedLogKey> Keys) ReadLog(ref FieldReader fields)
    {
        var raw = fields.Objects("keys"u8, ReadKey);
        var origin = fields.Required(fields.Text("origin"u8), "origin");
        var keys = ImmutableArray.CreateBuilder<TrustedLogKey>();
        foreach (var (publicKey, from, until) in raw)
        {
            if (TryKey(ref fields, origin, publicKey) is { } key)
            {
                keys.Add(new TrustedLogKey(key, from, until));
            }
        }

        return (origin, keys.ToImmutable());
    }

    private static (string PublicKey, long From, long? Until) ReadKey(ref FieldReader fields)
    {
        var algorithm = fields.Required(fields.Text("algorithm"u8), "algorithm");
        if (fields.Fault is null && algorithm != SigningKey.EcdsaP256Sha256)
        {
            fields.Fail($"keys of algorithm {algorithm} are not known, only {SigningKey.EcdsaP256Sha256}");
        }

        var from = fields.Required(fields.Integer("from_position"u8), "from_position");
        var publicKey = fields.Required(fields.Text("public_key"u8), "public_key");
        return (publicKey, from, fields.Integer("until_position"u8));
    }

    private static LogVerifyingKey? ReadWitness(ref FieldReader fields)
    {
        var name = fields.Required(fields.Text("name"u8), "name");
        return TryKey(ref fields, name, fields.Required(fields.Text("public_key"u8), "public_key"));
    }

    private static LogVerifyingKey? TryKey(ref FieldReader fields, string name, string base64)
    {
        if (fields.Fault is not null)
        {
            return null;
        }

        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            fields.Fail($"the public key of {name} is not base64");
            return null;
        }

        if (!LogVerifyingKey.TryCreate(name, bytes.AsSpan(0, length), out var key, out var fault))
        {
            fields.Fail($"the public key of {name} cannot be used: {fault}");
        }

        return key;
    }
}
