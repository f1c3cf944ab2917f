using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Work that changes hands, or is not to be had for the time being.</summary>
internal sealed class TaskChangeRows : IRows
{
    private const string Write =
        """
        UPDATE task
        SET kind = CASE WHEN change.stops THEN NULL ELSE task.kind END,
            attempt = task.attempt + CASE WHEN change.begins THEN 1 ELSE 0 END,
            lease_until = CASE WHEN change.ends THEN NULL ELSE task.lease_until END,
            held_task_id = CASE WHEN change.ends THEN NULL ELSE task.held_task_id END,
            runner_id = CASE WHEN change.ends THEN NULL ELSE task.runner_id END
        FROM unnest($2, $3, $4, $5) AS change (instance_id, stops, begins, ends)
        WHERE task.log_id = $1 AND task.instance_id = change.instance_id
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<bool> _stops = [];
    private readonly List<bool> _begins = [];
    private readonly List<bool> _ends = [];

    public int Count => _ids.Count;

    /// <summary>Adds a change.</summary>
    /// <param name="instanceId">Of whose work.</param>
    /// <param name="stops">Nothing is to be handed out any more.</param>
    /// <param name="begins">A process has it, and that counts.</param>
    /// <param name="ends">The process that had it is gone.</param>
    public void Add(Guid instanceId, bool stops, bool begins, bool ends)
    {
        _ids.Add(instanceId);
        _stops.Add(stops);
        _begins.Add(begins);
        _ends.Add(ends);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Write)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_stops, NpgsqlDbType.Boolean),
            Parameter.Column(_begins, NpgsqlDbType.Boolean),
            Parameter.Column(_ends, NpgsqlDbType.Boolean),
        },
    };
}
