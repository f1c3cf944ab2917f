using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Decisions;

/// <summary>What people decide, and what waits for them.</summary>
internal sealed class DecisionOperations(IGrains grains, IInstanceReader reader)
{
    private readonly TeamInstances _instances = new(grains);

    /// <summary><c>POST /v1/decisions</c></summary>
    public async ValueTask<Answer> DecideAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var instanceId = fields.Id("instance_id");
        var decision = new OfferedDecision(
            fields.Word<DecisionType>("decision_type"),
            fields.Name("role"),
            fields.Hash("context_snapshot_hash"),
            // Whether it says enough is for the core, which has a code of its own for one that does not.
            fields.OptionalText("justification") ?? "",
            fields.OptionalObject("context_delta"));
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await _instances.TeamOfAsync(request, instanceId) is not { } team)
        {
            return TeamInstances.NotFound;
        }

        var reply = await grains.Instance(instanceId).DecideAsync(request.For(team), decision);
        return reply.Refusal is { } refused
            ? Answer.Refused(refused)
            : Answer.Created(location: null, json => DecisionBody.Write(json, reply));
    }

    /// <summary><c>GET /v1/decisions/pending</c></summary>
    public async ValueTask<Answer> PendingAsync(ApiRequest request)
    {
        var query = new PageQuery(request.Http);
        var after = After(query);
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.Caller.Actor.Kind != ActorKind.Human)
        {
            return InstancePage.Of([], null);
        }

        var waiting = await reader.PendingAsync(new WaitingFilter(request.Caller.Teams, request.Caller.Roles, query.Limit + 1, after));
        var shown = new List<Instance>();
        foreach (var one in waiting.Take(query.Limit))
        {
            if (await _instances.FindAsync(request, one.InstanceId) is { } instance && Concerns(request, instance))
            {
                shown.Add(instance);
            }
        }

        return InstancePage.Of(shown, waiting.Length > query.Limit ? PageQuery.CursorOf(Spell(waiting[query.Limit - 1])) : null);
    }

    // Only what to show; whether the caller may decide is ruled when it does.
    private static bool Concerns(ApiRequest request, Instance instance)
    {
        var me = request.Caller.Actor;
        return instance.Pending is { } pending
            && pending.Request.EligibleApproverRoles.Any(role => request.Caller.Roles.Contains(role, StringComparer.Ordinal))
            && !instance.Creator.IsSameAs(me) && !pending.RequestedBy.IsSameAs(me)
            && !pending.Approvals.Any(approval => approval.Approver.IsSameAs(me));
    }

    private static string Spell(WaitingInstance last) =>
        $"{last.DecideBy?.UnixMilliseconds.ToString(CultureInfo.InvariantCulture)}/{last.InstanceId:D}";

    private static WaitingInstance? After(PageQuery query)
    {
        if (query.Cursor() is not { } cursor)
        {
            return null;
        }

        if (cursor.Split('/') is [var decideBy, var id] && Guid.TryParseExact(id, "D", out var instanceId))
        {
            if (decideBy.Length == 0)
            {
                return new(null, instanceId);
            }

            if (long.TryParse(decideBy, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            {
                return new(new Instant(milliseconds), instanceId);
            }
        }

        query.BadCursor();
        return null;
    }
}
