using Gantral.Abstractions.Evidence;
using Gantral.Abstractions.Refusals;
using Gantral.Silo.Gateway.Answers;
using Gantral.Silo.Gateway.Requests;
using Gantral.Silo.Outgoing;
using Gantral.Silo.Webhooks;

namespace Gantral.Silo.Gateway.Subscriptions;

/// <summary>Who is told of what a team's workflows do.</summary>
/// <param name="subscriptions">Where they are kept.</param>
/// <param name="hosts">Where may be called out to.</param>
internal sealed class SubscriptionOperations(ISubscriptions subscriptions, OutgoingHosts hosts)
{
    private const long GreatestLogId = 4095;

    private static readonly Answer NotFound = Answer.Refused(
        RefusalCode.NotFound, "There is no such subscription among those of your teams; check its id, and whether your token speaks for its team.");

    /// <summary><c>POST /v1/subscriptions</c></summary>
    public async ValueTask<Answer> SubscribeAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var team = OwningTeam.Read(request, fields, out var notYours);
        var wanted = WantedSubscription.Read(fields, IdOf(request.For(team).Key.CommandId), team, request.Caller.Actor.Id, hosts);
        if ((fields.End() ?? notYours) is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var there = await subscriptions.AddAsync(wanted);
        return there.SaysTheSameAs(wanted)
            ? Answer.Created($"/v1/subscriptions/{there.SubscriptionId:D}", json => SubscriptionBody.Write(json, there))
            : Answer.Refused(RefusalCode.IdempotencyConflict, "This Idempotency-Key was used with another body; send the same body as the first time, or a new key.");
    }

    /// <summary><c>GET /v1/subscriptions</c></summary>
    public async ValueTask<Answer> ListAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var below = query.IdCursor();
        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        var found = await subscriptions.ListAsync(request.Caller.Teams, below, query.Limit + 1);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("subscriptions");
            foreach (var subscription in found.Take(query.Limit))
            {
                json.WriteStartObject();
                SubscriptionBody.Write(json, subscription);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", found.Length > query.Limit ? PageQuery.CursorOf(found[query.Limit - 1].SubscriptionId.ToString("D")) : null);
        });
    }

    /// <summary><c>GET /v1/subscriptions/{subscription_id}</c></summary>
    public async ValueTask<Answer> GetAsync(ApiRequest request) => await FindAsync(request) is { } subscription ? await ShowAsync(subscription.SubscriptionId) : NotFound;

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/disable</c></summary>
    public ValueTask<Answer> DisableAsync(ApiRequest request) => SwitchAsync(request, on: false);

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/enable</c></summary>
    public ValueTask<Answer> EnableAsync(ApiRequest request) => SwitchAsync(request, on: true);

    /// <summary><c>GET /v1/subscriptions/{subscription_id}/dead-letters</c></summary>
    public async ValueTask<Answer> DeadLettersAsync(ApiRequest request)
    {
        var query = new PageQuery(request);
        var after = query.Cursor() is { } cursor ? DeadLetterPlace.Read(cursor) : null;
        if (after is null && query.Filter("cursor") is not null)
        {
            query.BadCursor();
        }

        if (query.Fault() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request) is not { } subscription)
        {
            return NotFound;
        }

        var found = await subscriptions.DeadLettersAsync(subscription.SubscriptionId, after, query.Limit + 1);
        return Answer.Ok(json =>
        {
            json.WriteStartArray("dead_letters");
            foreach (var letter in found.Take(query.Limit))
            {
                json.WriteStartObject();
                SubscriptionBody.Write(json, letter);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next_cursor", found.Length > query.Limit ? PageQuery.CursorOf(new DeadLetterPlace(found[query.Limit - 1].LogId, found[query.Limit - 1].Position).ToString()) : null);
        });
    }

    /// <summary><c>POST /v1/subscriptions/{subscription_id}/replay</c></summary>
    public async ValueTask<Answer> ReplayAsync(ApiRequest request)
    {
        var fields = new BodyFields(request.Body);
        var since = fields.OptionalTime("since");
        var (logId, position) = (fields.OptionalInteger("log_id", 1, GreatestLogId), fields.OptionalInteger("position", 0, long.MaxValue));
        if ((logId is null) != (position is null))
        {
            fields.Fail("position", "belongs to a log; send log_id and position together");
        }

        if (since is not null && position is not null)
        {
            fields.Fail("since", "and position are two places; send one of them, or neither for the dead letters");
        }

        if (fields.End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request) is not { SubscriptionId: var id })
        {
            return NotFound;
        }

        if (since is { } time)
        {
            await subscriptions.RewindAsync(id, time);
        }
        else if (position is { } place)
        {
            await subscriptions.RewindAsync(id, (int)logId!.Value, place);
        }
        else
        {
            var count = await subscriptions.ReplayDeadLettersAsync(id);
            return Answer.Ok(json => json.WriteNumber("dead_letters", count));
        }

        return await ShowAsync(id);
    }

    private async ValueTask<Answer> SwitchAsync(ApiRequest request, bool on)
    {
        if (new BodyFields(request.Body).End() is { } refusal)
        {
            return Answer.Refused(refusal);
        }

        if (await FindAsync(request) is not { SubscriptionId: var id })
        {
            return NotFound;
        }

        await subscriptions.SwitchAsync(id, on);
        return await ShowAsync(id);
    }

    private async ValueTask<Answer> ShowAsync(Guid subscriptionId)
    {
        var (subscription, cursors) = (await subscriptions.FindAsync(subscriptionId), await subscriptions.CursorsAsync(subscriptionId));
        return subscription is null ? NotFound : Answer.Ok(json =>
        {
            SubscriptionBody.Write(json, subscription);
            SubscriptionBody.Write(json, cursors);
        });
    }

    private async ValueTask<Subscription?> FindAsync(ApiRequest request) =>
        request.PathId("subscription_id") is { } id && await subscriptions.FindAsync(id) is { } found && request.IsOf(found.OwningTeamId) ? found : null;

    // The same key of the same caller for the same team leads to the same subscription. Version 8: an id made of a hash.
    private static Guid IdOf(Digest commandId)
    {
        var bytes = commandId.ToArray().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
