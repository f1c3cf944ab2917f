using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>The dead letters that somebody asked to have sent once more.</summary>
internal sealed class DeadLetters(NpgsqlDataSource source)
{
    private const string AskedFor =
        """
        SELECT dead_letter.log_id, log.origin, dead_letter.position, dead_letter.attempts
        FROM dead_letter JOIN log ON log.log_id = dead_letter.log_id
        WHERE subscription_id = $1 AND is_asked_for
        ORDER BY dead_letter.log_id, dead_letter.position
        LIMIT $2
        """;

    private const string Which = "WHERE subscription_id = $1 AND log_id = $2 AND position = $3";

    private const string Arrived = $"DELETE FROM dead_letter {Which}";

    private const string Failed = $"UPDATE dead_letter SET is_asked_for = false, failed_at = statement_timestamp(), attempts = attempts + 1, fault = $4 {Which}";

    /// <summary>The first of those that are asked for.</summary>
    public async Task<IReadOnlyList<SubscriptionCursor>> AskedForAsync(Guid subscriptionId, int most, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(AskedFor);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(subscriptionId), Parameter.Of((long)most) });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var letters = new List<SubscriptionCursor>();
        while (await rows.ReadAsync(cancellation))
        {
            letters.Add(new SubscriptionCursor(rows.GetInt16(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt32(3), rows.GetInt64(2) + 1));
        }

        return letters;
    }

    /// <summary>Notes what came of sending one once more: it is gone, or a dead letter still.</summary>
    public async Task SettleAsync(Guid subscriptionId, SubscriptionCursor letter, DeliveryFault? fault)
    {
        await using var command = source.CreateCommand(fault is null ? Arrived : Failed);
        command.Parameters.AddRange(new NpgsqlParameter[] { Parameter.Of(subscriptionId), Parameter.Of((short)letter.LogId), Parameter.Of(letter.Position) });
        if (fault is not null)
        {
            command.Parameters.Add(Parameter.Of(fault.Words));
        }

        await command.ExecuteNonQueryAsync();
    }
}
