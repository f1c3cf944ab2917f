using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Gateway.Routes;
using Gantral.Silo.Identity;

namespace Gantral.Silo.Gateway.Delegations;

/// <summary>Roles that people lend each other. Whether one may be lent, and what it is good for, is for the core to say.</summary>
/// <param name="grains">Where delegations are reached.</param>
/// <param name="newDelegationId">An id for one to be granted.</param>
/// <param name="reader">Where they are listed.</param>
internal sealed class DelegationOperations(IGrains grains, Func<Guid> newDelegationId, IDelegationReader reader)
{
    private static readonly Access Auditing = Access.With(PlatformRole.Auditor);

    private static readonly Answer NotFound = Answer.Refused(
        RefusalCode.NotFound, "There is no such delegation that you gave or were given, or may audit; check its id, and whether your token speaks for its team.");

    /// <summary><c>POST /v1/delegations</c></summary>
    public async ValueTask<Answer> GrantAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var grant = new DelegationGrant(fields.Person("to", request.Caller.Actor.Issuer), fields.Name("role"), fields.Time("until"));
        var justification = fields.OptionalText("justification") ?? "";
        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var reply = await grains.Delegation(newDelegationId()).GrantAsync(request.For(team), team, grant, justification);
        return reply.Refusal is { } refused
            ? Answer.Refused(refused)
            : Answer.Created($"/v1/delegations/{reply.Delegation!.Reference.DelegationId:D}", json => DelegationBody.Write(json, reply.Delegation));
    }

    /// <summary><c>POST /v1/delegations/{delegation_id}/revoke</c></summary>
    public async ValueTask<Answer> RevokeAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var justification = fields.OptionalText("justification") ?? "";
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request, request.PathId("delegation_id")) is not { } delegation)
        {
            return NotFound;
        }

        var reply = await grains.Delegation(delegation.Reference.DelegationId).RevokeAsync(request.For(delegation.OwningTeamId), justification);
        return reply.Refusal is { } refused ? Answer.Refused(refused) : Answer.Ok(json => DelegationBody.Write(json, reply.Delegation!));
    }

    /// <summary><c>GET /v1/delegations/{delegation_id}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request) =>
        await FindAsync(request, request.PathId("delegation_id")) is { } delegation ? Answer.Ok(json => DelegationBody.Write(json, delegation)) : NotFound;

    /// <summary><c>GET /v1/delegations</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var (scope, me) = (query.Word<DelegationScope>("scope") ?? DelegationScope.Mine, request.Caller.Actor.Person);
        var filter = new DelegationFilter(request.Caller.Teams, query.Limit + 1)
        {
            By = scope is DelegationScope.Mine or DelegationScope.Given ? me : null,
            To = scope is DelegationScope.Mine or DelegationScope.Received ? me : null,
            Ended = query.Flag("ended"),
            Below = query.IdCursor(),
        };
        if ((query.Fault() ?? (scope == DelegationScope.Team ? Auditing.Fault(request.Caller) : null)) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var ids = await reader.ListAsync(filter);
        var shown = new List<Delegation>();
        foreach (var id in ids.Take(query.Limit))
        {
            if (await FindAsync(request, id) is { } delegation)
            {
                shown.Add(delegation);
            }
        }

        return Answer.Ok(json =>
        {
            json.WriteStartArray("delegations");
            foreach (var delegation in shown)
            {
                json.WriteStartObject();
                DelegationBody.Write(json, delegation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", ids.Length > query.Limit ? PageQuery.CursorOf(ids[query.Limit - 1].ToString("D")) : null);
        });
    }

    // Who lends and who borrows know of it, and who audits their team; to everybody else it is not there.
    private async ValueTask<Delegation?> FindAsync(ApiRequest request, Guid? delegationId)
    {
        var delegation = delegationId is { } id ? await grains.Delegation(id).ReadAsync() : null;
        var me = request.Caller.Actor.Person;
        return delegation is not null && request.IsOf(delegation.OwningTeamId)
            && (delegation.Reference.Grantor == me || delegation.Grant.To == me || Auditing.Fault(request.Caller) is null)
            ? delegation
            : null;
    }
}
