using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gantral.Cli.Doctor;

/// <summary>Reads what a silo says about its parts.</summary>
internal static class Readiness
{
    private const string Advice = "Its log says more; docs/operating.md says what to do.";

    /// <summary>A check for each part.</summary>
    public static IEnumerable<Check> Of(Probe probe)
    {
        JsonNode? said = null;
        try
        {
            said = JsonNode.Parse(probe.Body);
        }
        catch (JsonException)
        {
            // Told below: what answers is no silo.
        }

        if (said is not JsonObject body || Text(body["status"]) is not { } status)
        {
            return [Check.Fail("readiness", $"/healthz/ready answers {probe.Status}, and not as a silo does: {Encoding.UTF8.GetString(probe.Body)}", "Check the address, and what stands before the silo.")];
        }

        var parts = (body["checks"] as JsonArray ?? []).OfType<JsonObject>().Select(Part).ToList();
        return parts.Count > 0 ? parts : [status == "ready" ? Check.Ok("readiness", status) : Check.Fail("readiness", status, "Ask another silo, or start this one again.")];
    }

    private static Check Part(JsonObject part)
    {
        var name = Text(part["name"]) ?? "?";
        return part["ok"] is JsonValue ok && ok.GetValueKind() == JsonValueKind.True
            ? Check.Ok(name, "ready")
            : Check.Fail(name, Text(part["detail"]) ?? "It is not ready.", Advice);
    }

    private static string? Text(JsonNode? value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : null;
}
