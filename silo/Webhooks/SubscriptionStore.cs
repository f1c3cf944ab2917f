using System.Collections.Immutable;
using Gantral.Abstractions.Vocabulary;
using Gantral.Silo.Gateway.Subscriptions;
using Gantral.Silo.Ledger;
using Gantral.Silo.Ledger.Rows;
using Gantral.Silo.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Webhooks;

/// <summary>The subscriptions in the database, as the gateway changes and shows them.</summary>
internal sealed class SubscriptionStore(NpgsqlDataSource source) : ISubscriptions
{
    // The order in which entries were handed in is not quite that of their times.
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(5);

    // Both in one statement: a subscription whose place in the logs was not written down would be told everything.
    private const string Add =
        """
        WITH added AS (
            INSERT INTO subscription (subscription_id, owning_team_id, created_by, format, url, secret, entry_types, workflow_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, statement_timestamp())
            ON CONFLICT DO NOTHING
            RETURNING subscription_id)
        INSERT INTO subscription_cursor (subscription_id, log_id, position)
        SELECT added.subscription_id, log.log_id, coalesce((SELECT max(size) FROM checkpoint WHERE checkpoint.log_id = log.log_id), 0)
        FROM added CROSS JOIN log
        """;

    private const string Find = $"SELECT {SubscriptionRows.Columns} FROM subscription WHERE subscription_id = $1";

    private const string Listed =
        $"""
        SELECT {SubscriptionRows.Columns} FROM subscription
        WHERE owning_team_id = ANY ($1) AND ($2::uuid IS NULL OR subscription_id < $2)
        ORDER BY subscription_id DESC
        LIMIT $3
        """;

    // Whoever holds it holds it no longer, and nobody waits for the lease.
    private const string TakeAway = "lease = lease + 1, leased_until = NULL, retry_at = NULL";

    private const string Switch =
        $"""
        UPDATE subscription SET disabled_at = CASE WHEN $2 THEN NULL ELSE statement_timestamp() END, {TakeAway}
        WHERE subscription_id = $1 AND (disabled_at IS NULL) <> $2
        """;

    private const string Letters =
        """
        SELECT log_id, position, event_id, event_type, failed_at, attempts, fault, is_asked_for FROM dead_letter
        WHERE subscription_id = $1 AND (log_id, position) > ($2, $3)
        ORDER BY log_id, position
        LIMIT $4
        """;

    private const string AskFor =
        """
        WITH asked AS (UPDATE dead_letter SET is_asked_for = true WHERE subscription_id = $1 RETURNING position),
            woken AS (UPDATE subscription SET retry_at = NULL WHERE subscription_id = $1)
        SELECT count(*)::integer FROM asked
        """;

    // Also from the very position: a silo may just be noting that it has come further, and that row is looked at again.
    private const string GoBack =
        $"""
        WITH taken AS (UPDATE subscription SET {TakeAway} WHERE subscription_id = $1 RETURNING subscription_id)
        UPDATE subscription_cursor SET position = $3, attempts = 0 FROM taken
        WHERE subscription_cursor.subscription_id = taken.subscription_id AND log_id = $2 AND position >= $3
        """;

    private readonly Listing _listing = new(source);
    private readonly EntryTail _tail = new(source);
    private readonly DeliveryCursors _cursors = new(source);

    /// <inheritdoc/>
    public async ValueTask<Subscription> AddAsync(Subscription subscription)
    {
        await ExecuteAsync(
            Add,
            Parameter.Of(subscription.SubscriptionId),
            Parameter.Of(subscription.OwningTeamId),
            Parameter.Of(subscription.CreatedBy),
            Parameter.Of(WireName.Of(subscription.Format)),
            Listing.Optional(subscription.Url, NpgsqlDbType.Text),
            Parameter.Of(subscription.Secret.Text),
            Parameter.Of(subscription.EntryTypes.ToArray()),
            Listing.Optional(subscription.WorkflowId, NpgsqlDbType.Text));
        return (await FindAsync(subscription.SubscriptionId))!;
    }

    /// <inheritdoc/>
    public async ValueTask<Subscription?> FindAsync(Guid subscriptionId) =>
        (await _listing.ReadAsync(Find, SubscriptionRows.Read, Parameter.Of(subscriptionId))).FirstOrDefault();

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Subscription>> ListAsync(ImmutableArray<string> teams, Guid? below, int limit) => _listing.ReadAsync(
        Listed, SubscriptionRows.Read, Parameter.Of(teams.ToArray()), Listing.Optional(below, NpgsqlDbType.Uuid), Parameter.Of((long)limit));

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<SubscriptionCursor>> CursorsAsync(Guid subscriptionId) =>
        await StorageFault.AsUnavailableAsync(async () => (await _cursors.ReadAsync(subscriptionId, CancellationToken.None)).ToImmutableArray());

    /// <inheritdoc/>
    public async ValueTask SwitchAsync(Guid subscriptionId, bool on) => await ExecuteAsync(Switch, Parameter.Of(subscriptionId), Parameter.Of(on));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(Guid subscriptionId, DeadLetterPlace? after, int limit) => _listing.ReadAsync(
        Letters,
        rows => new DeadLetter(
            rows.GetInt16(0), rows.GetInt64(1), rows.GetString(2), rows.GetString(3), Instant.From(rows.GetFieldValue<DateTimeOffset>(4)), rows.GetInt32(5), rows.GetString(6), rows.GetBoolean(7)),
        Parameter.Of(subscriptionId),
        Parameter.Of((short)(after?.LogId ?? 0)),
        Parameter.Of(after?.Position ?? 0),
        Parameter.Of((long)limit));

    /// <inheritdoc/>
    public async ValueTask<int> ReplayDeadLettersAsync(Guid subscriptionId) =>
        (await _listing.ReadAsync(AskFor, rows => rows.GetInt32(0), Parameter.Of(subscriptionId)))[0];

    /// <inheritdoc/>
    public async ValueTask RewindAsync(Guid subscriptionId, int logId, long position) =>
        await ExecuteAsync(GoBack, Parameter.Of(subscriptionId), Parameter.Of((short)logId), Parameter.Of(position));

    /// <inheritdoc/>
    public async ValueTask RewindAsync(Guid subscriptionId, Instant since)
    {
        foreach (var cursor in await CursorsAsync(subscriptionId))
        {
            await RewindAsync(subscriptionId, cursor.LogId, await FirstSinceAsync(cursor, since.Plus(-Disorder)));
        }
    }

    // Times go up with positions, but for a little disorder that the caller has allowed for.
    private async Task<long> FirstSinceAsync(SubscriptionCursor cursor, Instant since) => await StorageFault.AsUnavailableAsync(async () =>
    {
        var (low, high) = (0L, cursor.Position);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await _tail.FindAsync(cursor.LogId, cursor.Origin, middle, CancellationToken.None) is { } entry && entry.Entry.At < since)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    });

    private async Task ExecuteAsync(string statement, params NpgsqlParameter[] parameters) => await StorageFault.AsUnavailableAsync(async () =>
    {
        await using var command = source.CreateCommand(statement);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync();
    });
}
