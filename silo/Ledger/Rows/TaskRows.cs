using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Commands;
using Gantral.Abstractions.Vocabulary;
using Gantral.Grains.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Work that is to be had from now on.</summary>
internal sealed class TaskRows : IRows
{
    // Whoever has the work now keeps its lease: nobody gets the next piece before that has ended or was given up.
    private const string Write =
        """
        INSERT INTO task (log_id, instance_id, task_id, kind, ready_at, most_attempts, owning_team_id, queue, workflow_id, workflow_version)
        SELECT $1, tasks.*
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) AS tasks
        ON CONFLICT (log_id, instance_id) DO UPDATE
        SET task_id = excluded.task_id, kind = excluded.kind, ready_at = excluded.ready_at, most_attempts = excluded.most_attempts, attempt = 0
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<Guid> _taskIds = [];
    private readonly List<string> _kinds = [];
    private readonly List<DateTime> _readyAt = [];
    private readonly List<int> _mostAttempts = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _queues = [];
    private readonly List<string> _workflows = [];
    private readonly List<string> _versions = [];

    public int Count => _ids.Count;

    public void Add(Instance instance, Guid taskId, WorkKind kind, Instant readyAt, Work work)
    {
        _ids.Add(instance.InstanceId);
        _taskIds.Add(taskId);
        _kinds.Add(WireName.Of(kind));
        _readyAt.Add(readyAt.ToDateTimeOffset().UtcDateTime);
        _mostAttempts.Add(kind == WorkKind.Start ? work.StartAttempts : work.ResumeAttempts);
        _teams.Add(instance.Binding.OwningTeamId);
        _queues.Add(work.Queue);
        _workflows.Add(instance.Binding.WorkflowId);
        _versions.Add(instance.Binding.WorkflowVersion);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Write)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_taskIds, NpgsqlDbType.Uuid),
            Parameter.Column(_kinds, NpgsqlDbType.Text),
            Parameter.Column(_readyAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_mostAttempts, NpgsqlDbType.Integer),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_queues, NpgsqlDbType.Text),
            Parameter.Column(_workflows, NpgsqlDbType.Text),
            Parameter.Column(_versions, NpgsqlDbType.Text),
        },
    };
}
