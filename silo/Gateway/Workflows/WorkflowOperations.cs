using System.Collections.Immutable;
using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Connections;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Workflows;

/// <summary>Workflow versions: registered once, then read.</summary>
internal sealed class WorkflowOperations(IGrains grains, IConnections connections)
{
    // Who writes workflows does not by that decide that policy stops nobody.
    private static readonly Access Observing = Access.With(PlatformRole.PolicyAuthor);

    /// <summary><c>POST /v1/workflows</c></summary>
    public async ValueTask<Answer> RegisterAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var (id, version) = (fields.IdPart("workflow_id"), fields.IdPart("version"));
        var used = (fields.OptionalNames("connections") ?? []).Select(name => UsedConnection.TryParse(name, out var connection) ? connection : null).OfType<UsedConnection>().ToImmutableArray();
        var observes = fields.OptionalText("mode") == WireName.Of(Mode.Observe);
        if ((fields.Fault() ?? notYours ?? (observes ? Observing.Fault(request.Caller) : null)) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        // None is ever taken away, so what is there now is there whenever the work is handed out.
        if (!used.IsEmpty && used.Except((await connections.FindAsync(team, used)).Select(there => new UsedConnection(there.ConnectionId, there.Version))).FirstOrDefault() is { } missing)
        {
            return Answer.Refused(RefusalCode.NotFound, $"This team has no connection '{missing}'; register it first, with where the secret is.");
        }

        var registered = await grains.Workflow(id, version).RegisterAsync(request.For(team), team, BodyFields.Definition(request.Body));
        return registered.Refusal is { } refused
            ? Answer.Refused(refused)
            : Answer.Created($"/v1/workflows/{Uri.EscapeDataString(id)}/versions/{Uri.EscapeDataString(version)}", json => Write(json, registered.Version!));
    }

    /// <summary><c>GET /v1/workflows/{workflow_id}/versions/{version}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        var version = request.PathName("workflow_id") is { } id && request.PathName("version") is { } number
            ? await grains.Workflow(id, number).ReadAsync()
            : null;
        return version is not null && request.IsOf(version.Binding.OwningTeamId)
            ? EntityTag.Checked(request.Http, Answer.Ok(json => Write(json, version)))
            : Answer.Refused(RefusalCode.NotFound, "There is no such workflow version among those of your teams; check its id and version, and whether your token speaks for its team.");
    }

    private static void Write(Utf8JsonWriter json, WorkflowVersion version)
    {
        var binding = version.Binding;
        json.WriteString("workflow_id", binding.WorkflowId);
        json.WriteString("version", binding.WorkflowVersion);
        json.Hash("workflow_hash", binding.WorkflowHash);
        json.WriteString("owning_team_id", binding.OwningTeamId);
        json.Word<Materiality>("materiality", binding.Materiality);
        json.Word<Mode>("mode", binding.Mode);
        json.WriteString("policy_version_id", binding.PolicyVersionId);
        json.Hash("policy_hash", binding.PolicyHash);
        json.WriteString("queue", version.Queue);
        json.Texts("default_approver_roles", version.DefaultApproverRoles);
        json.Texts("connections", version.Connections.Select(connection => connection.ToString()));
        json.WriteStartArray("steps");
        foreach (var step in version.Steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Step);
            json.Texts("after", step.After);
            json.WriteBoolean("governed", step.Governed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Time("registered_at", version.RegisteredAt);
        json.WriteString("registered_by", version.RegisteredBy.Id);
        json.Value("definition", version.Definition);
    }
}
