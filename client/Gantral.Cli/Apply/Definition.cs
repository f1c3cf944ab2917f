using System.Text.Json.Nodes;
using Gantral.Abstractions.Evidence;
using Gantral.Cli.Instances;
using Gantral.Cli.Terminal;

namespace Gantral.Cli.Apply;

/// <summary>A definition as its author wrote it.</summary>
internal sealed record Definition(DefinitionKind Kind, string Id, string Version, CanonicalBytes Body, string File)
{
    private const string OwningTeam = "owning_team_id";

    /// <summary>What people call it.</summary>
    public string Name => Printable.Text($"{Kind.ToString().ToLowerInvariant()} {Id}@{Version}");

    /// <summary>What is kept of the body: the owner is kept beside it.</summary>
    public CanonicalBytes Kept
    {
        get
        {
            var fields = Fields();
            fields.Remove(OwningTeam);
            return Snapshot.Canonical(fields);
        }
    }

    /// <summary>The policy versions that a policy is made of.</summary>
    public IEnumerable<string> Members => Kind == DefinitionKind.Policy && Fields()["members"] is JsonArray members
        ? members.OfType<JsonValue>().Where(member => member.GetValueKind() == System.Text.Json.JsonValueKind.String).Select(member => member.GetValue<string>())
        : [];

    private JsonObject Fields() => (JsonObject)JsonNode.Parse(Body.Span)!;
}
