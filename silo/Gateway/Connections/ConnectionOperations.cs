using System.Text.Json;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Connections;

/// <summary>Named references to secrets, which runners resolve where they run. What they refer to never comes here.</summary>
internal sealed class ConnectionOperations(IConnections connections)
{
    private const int LongestReference = 1000;

    private const string NoSecrets = "looks like a secret itself, and secrets are never sent here or stored; keep it where your runners can reach it and send the reference, such as vault://kv/payments#token";

    private static readonly Answer NotFound = Answer.Refused(
        RefusalCode.NotFound, "There is no such connection among those of your teams; check its name and version, and whether your token speaks for its team.");

    /// <summary><c>POST /v1/connections</c></summary>
    public async ValueTask<Answer> RegisterAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var wanted = new Connection(team, fields.IdPart("connection_id"), fields.IdPart("version"), fields.OptionalText("reference") ?? "", request.Caller.Actor.Id);
        if (Fault(wanted.Reference) is { } fault)
        {
            fields.Fail("reference", fault);
        }

        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var there = await connections.AddAsync(wanted);
        return there.Reference == wanted.Reference
            ? Answer.Created($"/v1/connections/{Uri.EscapeDataString(there.ConnectionId)}/versions/{Uri.EscapeDataString(there.Version)}", json => Write(json, there))
            : Answer.Refused(RefusalCode.VersionExists, "This version is there with another reference, and versions never change; register the reference under a new version.");
    }

    /// <summary><c>GET /v1/connections</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var after = query.Cursor() is { } cursor ? Place(cursor) : null;
        if (after is null && query.Filter("cursor") is not null)
        {
            query.BadCursor();
        }

        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var found = await connections.ListAsync(request.Caller.Teams, after, query.Limit + 1);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("connections");
            foreach (var connection in found.Take(query.Limit))
            {
                json.WriteStartObject();
                Write(json, connection);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", found.Length > query.Limit && found[query.Limit - 1] is var last ? PageQuery.CursorOf($"{last.ConnectionId}@{last.Version}@{last.OwningTeamId}") : null);
        });
    }

    /// <summary><c>GET /v1/connections/{connection_id}/versions/{version}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        if (request.PathName("connection_id") is { } id && request.PathName("version") is { } version)
        {
            foreach (var team in request.Caller.Teams)
            {
                if (await connections.FindAsync(team, id, version) is { } connection)
                {
                    return Answer.Ok(json => Write(json, connection));
                }
            }
        }

        return NotFound;
    }

    private static void Write(Utf8JsonWriter json, Connection connection)
    {
        json.WriteString("connection_id", connection.ConnectionId);
        json.WriteString("version", connection.Version);
        json.WriteString("owning_team_id", connection.OwningTeamId);
        json.WriteString("reference", connection.Reference);
        json.WriteString("created_by", connection.CreatedBy);
        json.Time("created_at", connection.CreatedAt);
    }

    private static string? Fault(string reference) =>
        reference.Length == 0 ? "is missing; send where the secret is, such as vault://kv/payments#token"
        : RawSecrets.Look(reference) ? NoSecrets
        : reference.Length > LongestReference || reference.Any(letter => letter is <= ' ' or > '~') || !Uri.TryCreate(reference, UriKind.Absolute, out var address)
            ? $"must be a reference such as vault://kv/payments#token, k8s://payments/db#password, env://DB_PASSWORD or file:///run/secrets/db, of at most {LongestReference} characters without white space"
        : address.Scheme is "http" or "https" or "data" ? "must name where a runner finds the secret, such as vault://kv/payments#token; an address of the web is no such place"
        : address.UserInfo.Length > 0 ? NoSecrets
        : null;

    private static Connection? Place(string cursor) =>
        cursor.Split('@', 3) is [var id, var version, var team] ? new Connection(team, id, version, "", "") : null;
}
