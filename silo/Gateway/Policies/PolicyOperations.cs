using System.Text.Json;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Policies;

/// <summary>Policy versions: registered once, then read.</summary>
internal sealed class PolicyOperations(IGrains grains)
{
    /// <summary><c>POST /v1/policies</c></summary>
    public async ValueTask<Answer> RegisterAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var id = $"{fields.IdPart("policy_id")}@{fields.IdPart("version")}";
        if ((fields.Fault() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var registered = await grains.Policy(id).RegisterAsync(request.For(team), team, BodyFields.Definition(request.Body));
        return registered.Refusal is { } refused
            ? Answer.Refused(refused)
            : Answer.Created($"/v1/policies/{Uri.EscapeDataString(id)}", json => Write(json, registered.Version!));
    }

    /// <summary><c>GET /v1/policies/{policy_version_id}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        var id = request.PathVersionId("policy_version_id");
        var version = id is null ? null : await grains.Policy(id).ReadAsync();
        return version is not null && (request.IsOf(version.OwningTeamId) || version.Teams.Any(request.IsOf))
            ? Answer.Ok(json => Write(json, version))
            : Answer.Refused(RefusalCode.NotFound, "There is no such policy version among those that your teams own or may bind; check its id, such as deploy-guard@7.");
    }

    private static void Write(Utf8JsonWriter json, PolicyVersion version)
    {
        json.WriteString("policy_version_id", version.Reference.PolicyVersionId);
        json.Hash("policy_hash", version.Reference.PolicyHash);
        json.WriteString("owning_team_id", version.OwningTeamId);
        json.Texts("teams", version.Teams);
        json.Time("registered_at", version.RegisteredAt);
        json.WriteString("registered_by", version.RegisteredBy.Id);
        json.Value("definition", version.Definition);
    }
}
