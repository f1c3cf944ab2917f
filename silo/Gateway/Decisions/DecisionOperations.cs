using System.Collections.Immutable;
using System.Globalization;
using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Grains;
using Gantral.Abstractions.Refusals;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Delegations;
using Gantral.Silo.Gateway.Instances;
using Gantral.Silo.Gateway.Queues;
using Gantral.Silo.Gateway.Requests;

namespace Gantral.Silo.Gateway.Decisions;

/// <summary>What people decide, and what waits for them.</summary>
internal sealed class DecisionOperations(IGrains grains, IInstanceReader reader, IDelegationReader delegations, IWorkQueues queues)
{
    private static readonly Answer NotFound = Answer.Refused(RefusalCode.NotFound, "There is no such decision about an instance of your teams; check its id, and whether your token speaks for its team.");

    private readonly TeamInstances _instances = new(grains);
    private readonly InstanceAnswers _answers = new(queues);

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
            fields.OptionalObject("context_delta"))
        {
            DelegationId = fields.OptionalId("delegation_id"),
        };
        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await _instances.TeamOfAsync(request, instanceId) is not { } team)
        {
            return TeamInstances.NotFound;
        }

        var reply = await grains.Instance(instanceId).DecideAsync(request.For(team), decision);
        if (reply.Refusal is { } refused)
        {
            return Answer.Refused(refused);
        }

        var runnable = await _answers.IsRunnableAsync(reply.Instance!);
        return Answer.Created($"/v1/decisions/{DecisionBody.EntryOf(reply).Decision!.DecisionId:D}", json => DecisionBody.Write(json, reply, runnable));
    }

    /// <summary><c>GET /v1/decisions/{decision_id}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request)
    {
        if (request.PathId("decision_id") is not { } decisionId
            || await reader.DecisionAsync(decisionId) is not { } place
            || await _instances.TeamOfAsync(request, place.InstanceId) is null)
        {
            return NotFound;
        }

        // What was shown stands before what was decided on it.
        var entries = (await reader.HistoryAsync(place.InstanceId, 0, (int)Math.Min(place.Sequence, int.MaxValue))).Select(entry => entry.Sealed).ToList();
        return entries.Find(entry => entry.Entry.Decision?.DecisionId == decisionId) is { } decided
            ? Answer.Ok(json => DecisionBody.Write(json, decided, entries))
            : NotFound;
    }

    /// <summary><c>GET /v1/decisions/pending</c></summary>
    public async ValueTask<Answer> PendingAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var after = After(query);
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (request.Caller.Actor.Kind != ActorKind.Human)
        {
            return await _answers.PageAsync([], null);
        }

        var lent = await delegations.LentAsync(request.Caller.Actor.Person, request.Caller.Teams);
        var waiting = await reader.PendingAsync(new WaitingFilter(
            request.Caller.Teams, [.. request.Caller.Roles.Union(lent.Select(role => role.Role), StringComparer.Ordinal)], query.Limit + 1, after));
        var shown = new List<Instance>();
        foreach (var one in waiting.Take(query.Limit))
        {
            if (await _instances.FindAsync(request, one.InstanceId) is { } instance && Concerns(request, lent, instance))
            {
                shown.Add(instance);
            }
        }

        return await _answers.PageAsync(shown, waiting.Length > query.Limit ? PageQuery.CursorOf(Spell(waiting[query.Limit - 1])) : null);
    }

    // Only what to show; whether the caller may decide is ruled when it does.
    private static bool Concerns(ApiRequest request, ImmutableArray<LentRole> lent, Instance instance)
    {
        var me = request.Caller.Actor;
        return instance.Pending is { } pending
            && pending.Request.EligibleApproverRoles.Any(role => request.Caller.Roles.Contains(role, StringComparer.Ordinal) || lent.Contains(new LentRole(instance.Binding.OwningTeamId, role)))
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
