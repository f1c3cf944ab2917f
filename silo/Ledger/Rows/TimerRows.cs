using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Vocabulary;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Deadlines that run from now on.</summary>
internal sealed class TimerRows : IRows
{
    // A new deadline is nobody's yet, whoever was about to fire the old one.
    private const string Write =
        """
        INSERT INTO timer (log_id, instance_id, due_at, deadline)
        SELECT $1, instance_id, due_at, deadline
        FROM unnest($2, $3, $4) AS timers (instance_id, due_at, deadline)
        ON CONFLICT (log_id, instance_id) DO UPDATE SET due_at = excluded.due_at, deadline = excluded.deadline, claimed_until = NULL
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<DateTime> _dueAt = [];
    private readonly List<string> _deadlines = [];

    public int Count => _ids.Count;

    /// <summary>The deadline of an instance, if it has one.</summary>
    public static (Deadline Deadline, Instant DueAt)? Of(Instance instance) => instance switch
    {
        { State: ExecutionState.WaitingForHuman, Pending.Request.DecideBy: { } decideBy } => (Deadline.Decision, decideBy),
        { State: ExecutionState.Resumed, ExecuteBy: { } executeBy } => (Deadline.Execution, executeBy),
        _ => null,
    };

    public void Add(Guid instanceId, Deadline deadline, Instant dueAt)
    {
        _ids.Add(instanceId);
        _dueAt.Add(dueAt.ToDateTimeOffset().UtcDateTime);
        _deadlines.Add(WireName.Of(deadline));
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Write)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_dueAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_deadlines, NpgsqlDbType.Text),
        },
    };
}
