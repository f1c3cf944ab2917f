using System.Text.Json;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Definitions;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Policy;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Policies;

/// <summary>Policy versions: registered once, then read and tried out.</summary>
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
    public async ValueTask<Answer> GetAsync(ApiRequest request) =>
        await FindAsync(request, request.PathVersionId("policy_version_id")) is { } version ? EntityTag.Checked(request.Http, Answer.Ok(json => Write(json, version))) : NotFound;

    /// <summary><c>POST /v1/policies/{policy_version_id}/evaluate</c></summary>
    public async ValueTask<Answer> EvaluateAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var step = fields.OptionalName("step");
        var question = new PolicyQuestion
        {
            InstanceId = fields.OptionalId("instance_id"),
            WorkflowId = fields.Name("workflow_id"),
            WorkflowVersion = fields.Name("workflow_version"),
            Materiality = fields.Word<Materiality>("materiality"),
            CurrentState = fields.OptionalWord<ExecutionState>("current_state") ?? (step is null ? ExecutionState.Created : ExecutionState.Running),
            ActorId = fields.OptionalName("actor_id") ?? request.Caller.Actor.Id,
            Roles = fields.OptionalNames("roles") ?? request.Caller.Roles,
            Step = step,
            ExecutionContext = fields.ObjectOrEmpty("execution_context"),
            PolicyVersionId = request.PathVersionId("policy_version_id") ?? "",
            DryRun = true,
        };
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request, question.PolicyVersionId) is not { } version)
        {
            return NotFound;
        }

        var trial = await grains.Policy(question.PolicyVersionId).TryAsync(question);
        return Answer.Ok(json =>
        {
            json.Hash("policy_hash", version.Reference.PolicyHash);
            json.WriteBoolean("dry_run", true);
            TrialBody.Write(json, trial);
        });
    }

    /// <summary>The answer for one that is not there, whyever.</summary>
    public static Answer NotFound { get; } = Answer.Refused(
        RefusalCode.NotFound, "There is no such policy version among those that your teams own or may bind; check its id, such as deploy-guard@7.");

    /// <summary>A version that one of the caller's teams may know of.</summary>
    private async ValueTask<PolicyVersion?> FindAsync(ApiRequest request, string? id) =>
        !string.IsNullOrEmpty(id) && await grains.Policy(id).ReadAsync() is { } version && request.Caller.Teams.Any(version.MayBeBoundBy) ? version : null;

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
