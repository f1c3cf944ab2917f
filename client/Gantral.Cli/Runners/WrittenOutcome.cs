using System.Text.Json;
using Gantral.Client;

namespace Gantral.Cli.Runners;

/// <summary>What a process wrote into its outcome file.</summary>
/// <param name="Checkpoint">Where it left off.</param>
/// <param name="Evidence">Where evidence is held.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Error">What went wrong, in its own words.</param>
internal sealed record WrittenOutcome(EvidenceReference? Checkpoint, IReadOnlyList<EvidenceReference> Evidence, Money? Cost, AgentError? Error)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads the file; an outcome without anything if there is none.</summary>
    /// <exception cref="FormatException">The file says what nobody understands.</exception>
    public static WrittenOutcome Read(string path)
    {
        if (!File.Exists(path))
        {
            return new(null, [], null, null);
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new FormatException($"has more than {MostBytes} bytes; it holds references, and nothing of what they refer to");
        }

        try
        {
            using var read = JsonDocument.Parse(File.ReadAllBytes(path));
            var fields = read.RootElement;
            foreach (var field in fields.EnumerateObject())
            {
                if (field.Name is not ("checkpoint" or "evidence" or "cost" or "error"))
                {
                    throw new FormatException($"has the field {field.Name}; there are checkpoint, evidence, cost and error");
                }
            }

            return new(
                Field(fields, "checkpoint") is { } checkpoint ? Reference(checkpoint) : null,
                Field(fields, "evidence") is { } evidence ? [.. evidence.EnumerateArray().Select(Reference)] : [],
                Field(fields, "cost") is { } cost ? new Money(Text(cost, "currency"), Text(cost, "amount")) : null,
                Field(fields, "error") is { } error ? ErrorOf(error) : null);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new FormatException("is not {\"checkpoint\":{\"ref\",\"hash\"},\"evidence\":[…],\"cost\":{\"currency\",\"amount\"},\"error\":…}", wrong);
        }
    }

    // A text, or the code and message of an error; whatever else it is, it is shown as it stands.
    private static AgentError ErrorOf(JsonElement error) =>
        error.ValueKind == JsonValueKind.String ? error.GetString()!
        : error.ValueKind == JsonValueKind.Object && error.EnumerateObject().All(field => field is { Name: "code" or "message", Value.ValueKind: JsonValueKind.String }) && Field(error, "message") is { } message
            ? new AgentError(message.GetString()!, Field(error, "code")?.GetString())
        : error.GetRawText();

    private static EvidenceReference Reference(JsonElement value) => new(Text(value, "ref"), Text(value, "hash"));

    private static string Text(JsonElement value, string name) => Field(value, name)?.GetString() ?? throw new FormatException($"lacks {name}");

    private static JsonElement? Field(JsonElement value, string name) =>
        value.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
}
