using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Reference;

namespace Gantral.Silo.Tests.Reference;

/// <summary>
/// Between what a silo made up and what stands in the examples: ids, hashes, times and ages. A value gets its sample from the
/// field in which it is seen first, so that recording once more writes the same bytes.
/// </summary>
internal sealed partial class Recording
{
    private const string Age = "PT42S";

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _samples = [];
    private readonly Dictionary<string, string> _real = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly string _until = Instant.From(DateTimeOffset.UtcNow.AddDays(1)).ToString();

    public Recording() => (_samples[_until], _real[Sample.Until]) = (Sample.Until, _until);

    /// <summary>An example as this silo knows what it is about.</summary>
    public string Real(string example) => _real.Aggregate(example, (text, known) => text.Replace(known.Key, known.Value, StringComparison.Ordinal));

    /// <summary>An answer as an example shows it; nothing where it is not text.</summary>
    public string? Keep(string? media, string body) => media switch
    {
        "application/json" => $"{Kept("", JsonNode.Parse(body))!.ToJsonString(Writing)}\n",
        // A bundle is long; its first line says what it is.
        "application/jsonl" => $"{Kept("", JsonNode.Parse(body.Split('\n')[0]))!.ToJsonString(new JsonSerializerOptions { Encoder = Writing.Encoder })}\n",
        "text/plain" => Note(body),
        "text/event-stream" => PlacePattern().Replace(body, $"id: {Sample.Cursor}"),
        "text/csv" => body.ReplaceLineEndings("\n"),
        _ => null,
    };

    private JsonNode? Kept(string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Kept(name == "counts" ? "position" : field.Key, field.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Kept(name, item))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return KeptText(name, (string)value!);
            case JsonValue when name is "position" or "size":
                return 1;
            case JsonValue when name.EndsWith("_milliseconds", StringComparison.Ordinal):
                return 1500;
            default:
                return node?.DeepClone();
        }
    }

    private string KeptText(string name, string text) =>
        _samples.TryGetValue(text, out var known) ? known
        : name == "next_cursor" ? Known(text, Sample.Cursor)
        : name == "public_key" ? Sample.Key
        : name == "oldest_age" ? Age
        : name == "salt" || name.EndsWith("_salt", StringComparison.Ordinal) ? Sample.Salt
        : Instant.TryParse(text, out _) ? (name.EndsWith("_by", StringComparison.Ordinal) ? Sample.Deadline : Sample.Time)
        : Guid.TryParseExact(text, "D", out _) ? Known(text, Sample.Id(name, Count(name)))
        : HashPattern().IsMatch(text) && text.Trim('0').Length > 0 ? Known(text, Sample.Hash(name, Count(name)))
        : text;

    private string Known(string real, string sample)
    {
        (_samples[real], _real[sample]) = (sample, real);
        return sample;
    }

    private int Count(string name) => _counts[name] = _counts.GetValueOrDefault(name) + 1;

    // A signed note: its origin, its size, its root and when, and behind an empty line who signed it. Before it stands what it proves, if it is in a proof.
    private static string Note(string note)
    {
        var lines = note.Split('\n');
        var root = Convert.ToBase64String(Encoding.ASCII.GetBytes("the root hash of 32 bytes is here"[..32]));
        if (lines[4].Length > 0 || !lines[3].StartsWith("time ", StringComparison.Ordinal))
        {
            var proof = lines.TakeWhile(line => line.Length > 0).ToList();
            return string.Concat(proof.Select(line => $"{(line.Contains(' ', StringComparison.Ordinal) || line.Contains('@', StringComparison.Ordinal) ? line : root)}\n")) + "\n" + Note(string.Join('\n', lines[(proof.Count + 1)..]));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{lines[0]}\n1\n{root}\ntime {Sample.Time}\n\n— {lines[0]} {Sample.Key}\n");
    }

    [GeneratedRegex("^id: .+$", RegexOptions.Multiline)]
    private static partial Regex PlacePattern();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex HashPattern();
}
