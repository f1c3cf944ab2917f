using System.Collections.Immutable;
using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Definitions;

/// <summary>The versions that a caller's teams own, the newest first.</summary>
internal sealed class DefinitionLists(IDefinitionReader reader)
{
    /// <summary><c>GET /v1/workflows</c></summary>
    public ValueTask<Answer> WorkflowsAsync(ApiRequest request) =>
        ListAsync(request, "workflow_id", "workflows", reader.WorkflowsAsync, workflow => workflow.Place, Write);

    /// <summary><c>GET /v1/policies</c></summary>
    public ValueTask<Answer> PoliciesAsync(ApiRequest request) =>
        ListAsync(request, "policy_id", "policies", reader.PoliciesAsync, policy => policy.Place, Write);

    private static async ValueTask<Answer> ListAsync<T>(
        ApiRequest request, string id, string name, Func<DefinitionFilter, ValueTask<ImmutableArray<T>>> read, Func<T, ListPlace> place, Action<Utf8JsonWriter, T> write)
    {
        var query = new PageQuery(request);
        var before = query.Cursor() is { } cursor ? ListPlace.Read(cursor) : null;
        if (before is null && query.Filter("cursor") is not null)
        {
            query.BadCursor();
        }

        var filter = new DefinitionFilter(request.Caller.Teams, query.Limit + 1, before) { Id = query.Name(id) };
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var found = await read(filter);
        var page = found.Take(query.Limit).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartArray(name);
            foreach (var one in page)
            {
                json.WriteStartObject();
                write(json, one);
                json.Time("registered_at", place(one).RegisteredAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", found.Length > page.Count ? PageQuery.CursorOf(place(page[^1]).ToString()) : null);
        });
    }

    private static void Write(Utf8JsonWriter json, ListedWorkflow workflow)
    {
        json.WriteString("workflow_id", workflow.WorkflowId);
        json.WriteString("version", workflow.Version);
        json.WriteString("owning_team_id", workflow.OwningTeamId);
        json.Word<Materiality>("materiality", workflow.Materiality);
        json.Word<Mode>("mode", workflow.Mode);
        json.WriteString("policy_version_id", workflow.PolicyVersionId);
        json.WriteString("registered_by", workflow.RegisteredBy);
    }

    private static void Write(Utf8JsonWriter json, ListedPolicy policy)
    {
        json.WriteString("policy_version_id", policy.PolicyVersionId);
        json.WriteString("owning_team_id", policy.OwningTeamId);
        json.WriteString("registered_by", policy.RegisteredBy);
    }
}
