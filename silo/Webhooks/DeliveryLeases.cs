using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>
/// Which silo delivers a subscription, and how far that has come. Whoever holds a subscription has its number; each
/// statement that moves it asks for that number, so that a silo which was thought dead moves nothing when it wakes.
/// </summary>
internal sealed class DeliveryLeases(NpgsqlDataSource source, WebhookOptions options)
{
    // A lease further ahead than any silo takes them is one from before the clock was set back: it does not count.
    private const string Free = "(leased_until IS NULL OR leased_until <= statement_timestamp() OR leased_until > statement_timestamp() + $1)";

    // The same of a pause.
    private const string Ready = "(retry_at IS NULL OR retry_at <= statement_timestamp() OR retry_at > statement_timestamp() + $2)";

    // Whoever was served longest ago comes first. Formats that only a later release knows are for its silos.
    private const string Claim =
        $"""
        UPDATE subscription SET leased_until = statement_timestamp() + $1, lease = lease + 1
        WHERE subscription_id = ANY (ARRAY(
            SELECT subscription_id FROM subscription AS wanted
            WHERE disabled_at IS NULL AND format = ANY ($4) AND {Free} AND {Ready}
                AND (EXISTS (SELECT FROM dead_letter WHERE dead_letter.subscription_id = wanted.subscription_id AND is_asked_for)
                    OR EXISTS (
                        SELECT FROM log LEFT JOIN subscription_cursor AS reached ON reached.subscription_id = wanted.subscription_id AND reached.log_id = log.log_id
                        WHERE coalesce(reached.position, 0) < (SELECT max(size) FROM checkpoint WHERE checkpoint.log_id = log.log_id)))
            ORDER BY leased_until NULLS FIRST
            LIMIT $3
            FOR UPDATE SKIP LOCKED))
        RETURNING {SubscriptionRows.Columns}, lease
        """;

    private const string Hold = "UPDATE subscription SET leased_until = statement_timestamp() + $3, retry_at = NULL WHERE subscription_id = $1 AND lease = $2 RETURNING subscription_id";

    private const string Rest = "UPDATE subscription SET leased_until = statement_timestamp(), retry_at = statement_timestamp() + $3 WHERE subscription_id = $1 AND lease = $2 RETURNING subscription_id";

    private const string Move =
        """
        INSERT INTO subscription_cursor (subscription_id, log_id, position, attempts) SELECT subscription_id, $4, $5, $6 FROM held
        ON CONFLICT (subscription_id, log_id) DO UPDATE SET position = excluded.position, attempts = excluded.attempts
        """;

    private const string Advance = $"WITH held AS ({Hold}) {Move}";

    private const string Pause = $"WITH held AS ({Rest}) {Move}";

    private const string GiveUp =
        $"""
        WITH held AS ({Hold}), moved AS ({Move})
        INSERT INTO dead_letter (subscription_id, log_id, position, failed_at, attempts, event_id, event_type, fault)
        SELECT subscription_id, $4, $5 - 1, statement_timestamp(), $7, $8, $9, $10 FROM held
        ON CONFLICT (subscription_id, log_id, position) DO UPDATE SET failed_at = excluded.failed_at, attempts = excluded.attempts, fault = excluded.fault, is_asked_for = false
        """;

    /// <summary>Takes subscriptions that have something to be told, at most so many. Never called off, for a lease that nobody heard of must run out first.</summary>
    public async Task<IReadOnlyList<HeldSubscription>> ClaimAsync(int most)
    {
        await using var command = source.CreateCommand(Claim);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Parameter.Of(options.LeasedFor), Parameter.Of(options.BackOff.Longest), Parameter.Of((long)most), Parameter.Of(WireName.All<SubscriptionFormat>().ToArray()),
        });
        await using var rows = await command.ExecuteReaderAsync();
        var held = new List<HeldSubscription>();
        while (await rows.ReadAsync())
        {
            held.Add(new HeldSubscription(SubscriptionRows.Read(rows), rows.GetInt64(SubscriptionRows.Count)));
        }

        return held;
    }

    /// <summary>Notes that everything before a position is done. False once somebody else holds the subscription.</summary>
    public Task<bool> AdvanceAsync(HeldSubscription held, int logId, long position) =>
        MoveAsync(Advance, held, options.LeasedFor, logId, position, attempts: 0);

    /// <summary>Gives the subscription back, to be tried again at a position after a while.</summary>
    public Task<bool> PauseAsync(HeldSubscription held, int logId, long position, int attempts, TimeSpan pause) =>
        MoveAsync(Pause, held, pause, logId, position, attempts);

    /// <summary>Puts an entry among the dead letters and goes on after it. False once somebody else holds the subscription.</summary>
    public Task<bool> GiveUpAsync(HeldSubscription held, TailedEntry tailed, int attempts, DeliveryFault fault) => MoveAsync(
        GiveUp, held, options.LeasedFor, tailed.LogId, tailed.Position + 1, attempts: 0,
        Parameter.Of(attempts), Parameter.Of(tailed.EventId), Parameter.Of(tailed.EventType), Parameter.Of(fault.Words));

    /// <summary>Holds the subscription for longer. False once somebody else holds it.</summary>
    public Task<bool> HoldAsync(HeldSubscription held) => ExecuteAsync(Hold, Of(held, options.LeasedFor));

    /// <summary>Gives the subscription back, for whoever takes it after a while.</summary>
    public Task<bool> RestAsync(HeldSubscription held, TimeSpan pause) => ExecuteAsync(Rest, Of(held, pause));

    private Task<bool> MoveAsync(string statement, HeldSubscription held, TimeSpan span, int logId, long position, int attempts, params NpgsqlParameter[] more) =>
        ExecuteAsync(statement, [.. Of(held, span), Parameter.Of((short)logId), Parameter.Of(position), Parameter.Of(attempts), .. more]);

    private static NpgsqlParameter[] Of(HeldSubscription held, TimeSpan span) =>
        [Parameter.Of(held.Subscription.SubscriptionId), Parameter.Of(held.Lease), Parameter.Of(span)];

    private async Task<bool> ExecuteAsync(string statement, NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(statement);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync() > 0;
    }
}
