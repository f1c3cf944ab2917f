using Gantral.Abstractions.Authority;
using Gantral.Abstractions.Vocabulary;
using Npgsql;
using NpgsqlTypes;

namespace Gantral.Silo.Ledger.Rows;

/// <summary>Instances as lists show them.</summary>
internal sealed class InstanceRows : IRows
{
    private const string Write =
        """
        INSERT INTO instance (log_id, instance_id, created_at, updated_at, sequence, owning_team_id, workflow_id, workflow_version, policy_version_id, materiality, mode, state, reason)
        SELECT $1, instances.*
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS instances
        ON CONFLICT (log_id, instance_id) DO UPDATE
        SET updated_at = excluded.updated_at, sequence = excluded.sequence, state = excluded.state, reason = excluded.reason
        """;

    private readonly List<Guid> _ids = [];
    private readonly List<DateTime> _createdAt = [];
    private readonly List<DateTime> _updatedAt = [];
    private readonly List<long> _sequences = [];
    private readonly List<string> _teams = [];
    private readonly List<string> _workflows = [];
    private readonly List<string> _versions = [];
    private readonly List<string> _policies = [];
    private readonly List<string> _materialities = [];
    private readonly List<string> _modes = [];
    private readonly List<string> _states = [];
    private readonly List<string?> _reasons = [];

    public int Count => _ids.Count;

    public void Add(Instance instance)
    {
        _ids.Add(instance.InstanceId);
        _createdAt.Add(instance.CreatedAt.ToDateTimeOffset().UtcDateTime);
        _updatedAt.Add(instance.UpdatedAt.ToDateTimeOffset().UtcDateTime);
        _sequences.Add(instance.Sequence);
        _teams.Add(instance.Binding.OwningTeamId);
        _workflows.Add(instance.Binding.WorkflowId);
        _versions.Add(instance.Binding.WorkflowVersion);
        _policies.Add(instance.Binding.PolicyVersionId);
        _materialities.Add(WireName.Of(instance.Binding.Materiality));
        _modes.Add(WireName.Of(instance.Binding.Mode));
        _states.Add(WireName.Of(instance.State));
        _reasons.Add(instance.Reason is { } reason ? WireName.Of(reason) : null);
    }

    public NpgsqlBatchCommand Statement(short logId) => new(Write)
    {
        Parameters =
        {
            Parameter.Of(logId),
            Parameter.Column(_ids, NpgsqlDbType.Uuid),
            Parameter.Column(_createdAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_updatedAt, NpgsqlDbType.TimestampTz),
            Parameter.Column(_sequences, NpgsqlDbType.Bigint),
            Parameter.Column(_teams, NpgsqlDbType.Text),
            Parameter.Column(_workflows, NpgsqlDbType.Text),
            Parameter.Column(_versions, NpgsqlDbType.Text),
            Parameter.Column(_policies, NpgsqlDbType.Text),
            Parameter.Column(_materialities, NpgsqlDbType.Text),
            Parameter.Column(_modes, NpgsqlDbType.Text),
            Parameter.Column(_states, NpgsqlDbType.Text),
            Parameter.Column(_reasons, NpgsqlDbType.Text),
        },
    };
}
