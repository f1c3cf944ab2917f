using Gantral.Silo.Ledger.Rows;
using Npgsql;

namespace Gantral.Silo.Webhooks;

/// <summary>How far subscriptions have come in the logs.</summary>
internal sealed class DeliveryCursors(NpgsqlDataSource source)
{
    private const string Cursors =
        """
        SELECT log.log_id, log.origin, coalesce(reached.position, 0), coalesce(reached.attempts, 0),
            coalesce((SELECT max(size) FROM checkpoint WHERE checkpoint.log_id = log.log_id), 0)
        FROM log LEFT JOIN subscription_cursor AS reached ON reached.subscription_id = $1 AND reached.log_id = log.log_id
        ORDER BY log.log_id
        """;

    /// <summary>How far one has come in each log.</summary>
    public async Task<IReadOnlyList<SubscriptionCursor>> ReadAsync(Guid subscriptionId, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Cursors);
        command.Parameters.Add(Parameter.Of(subscriptionId));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var cursors = new List<SubscriptionCursor>();
        while (await rows.ReadAsync(cancellation))
        {
            cursors.Add(new SubscriptionCursor(rows.GetInt16(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt32(3), rows.GetInt64(4)));
        }

        return cursors;
    }
}
